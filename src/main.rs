//! The `altyn` command.

fn main() -> std::process::ExitCode {
    altyn::cli::main()
}
