#!/bin/sh
# Sees to it that cmake, a C++ compiler and libclang are there: HiGHS is built from source, and its bindings are
# generated with libclang. Installs what is missing where that needs no question, and else names the command.
set -eu

missing=""
need() { missing="$missing $1"; }

has_libclang() {
    [ -n "${LIBCLANG_PATH:-}" ] && return 0
    for folder in /usr/lib/llvm*/lib /usr/lib /usr/lib64 /usr/lib/*-linux-gnu /usr/local/lib \
        /opt/homebrew/opt/llvm/lib /usr/local/opt/llvm/lib \
        /Library/Developer/CommandLineTools/usr/lib \
        /Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib; do
        for file in "$folder"/libclang.so "$folder"/libclang-*.so* "$folder"/libclang.so.* "$folder"/libclang.dylib; do
            [ -e "$file" ] && return 0
        done
    done
    return 1
}

# libclang finds no standard headers of its own unless clang's or gcc's are installed.
has_clang_headers() {
    [ "$(uname)" = Darwin ] && return 0
    for file in /usr/lib/llvm*/lib/clang/*/include/stddef.h /usr/lib/clang/*/include/stddef.h \
        /usr/lib64/clang/*/include/stddef.h /usr/lib/gcc/*/*/include/stddef.h; do
        [ -e "$file" ] && return 0
    done
    return 1
}

command -v cmake >/dev/null 2>&1 || need cmake
command -v c++ >/dev/null 2>&1 || command -v g++ >/dev/null 2>&1 || command -v clang++ >/dev/null 2>&1 || need g++
{ has_libclang && has_clang_headers; } || need libclang-dev

command -v cargo >/dev/null 2>&1 || {
    echo "error: cargo is not installed; Altyn needs a Rust toolchain of 1.88 or later" >&2
    exit 1
}
[ -z "$missing" ] && exit 0

if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        echo "error: missing packages:$missing" >&2
        echo "help: sudo apt-get install -y$missing" >&2
        exit 1
    fi
    echo "installing$missing"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif [ "$(uname)" = Darwin ]; then
    echo "error: missing:$missing" >&2
    echo "help: xcode-select --install && brew install cmake llvm && export LIBCLANG_PATH=\"\$(brew --prefix llvm)/lib\"" >&2
    exit 1
elif command -v dnf >/dev/null 2>&1; then
    echo "error: missing packages" >&2
    echo "help: sudo dnf install -y cmake gcc-c++ clang-devel" >&2
    exit 1
else
    echo "error: missing: cmake, a C++ compiler or libclang; install them with your package manager" >&2
    exit 1
fi
