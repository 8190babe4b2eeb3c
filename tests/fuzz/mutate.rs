//! Changes to cases: of bytes, lines, words and whole files.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use super::case::{Case, File};
use super::words::{BYTES, NUMBERS, VALUES, keys};

/// Longest file that is made.
const LONGEST: usize = 300_000;

/// Numbers of rows that a profile is made to have.
const ROWS: [usize; 7] = [0, 1, 24, 8759, 8760, 8784, 17520];

/// A source of changes.
pub struct Mutator {
    random: ChaCha8Rng,
    keys: Vec<String>,
}

impl Mutator {
    /// Changes that follow from a seed.
    pub fn new(seed: u64) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed), keys: keys() }
    }

    /// A number below another; 0 where there is none.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.random.next_u64() % end.max(1) as u64).unwrap()
    }

    fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    fn known_key(&mut self) -> String {
        let number = self.below(self.keys.len());
        self.keys[number].clone()
    }

    /// A case of the pool, changed in some ways.
    pub fn mutate(&mut self, pool: &[Case]) -> Case {
        let mut case = pool[self.below(pool.len())].clone();
        for _ in 0..=self.below(4) {
            let number = if self.below(2) == 0 { 0 } else { self.below(case.files.len()) };
            let file = &mut case.files[number];
            match self.below(16) {
                0 => self.bytes(file),
                1 | 2 => self.lines(file),
                3..=6 => self.value(file),
                7 | 8 => self.number(file),
                9 => self.key(file),
                10 => self.line(file),
                11 => self.endings(file),
                12 => self.depth(file),
                13 => self.many(file),
                14 => {
                    let other = self.below(pool.len());
                    let from = &pool[other].files[self.below(pool[other].files.len())];
                    self.splice(file, from);
                }
                _ => self.files(&mut case),
            }
        }
        for file in &mut case.files {
            file.bytes.truncate(LONGEST);
        }
        case
    }

    /// Flips, puts in, or takes out bytes.
    fn bytes(&mut self, file: &mut File) {
        let at = self.below(file.bytes.len());
        match self.below(4) {
            0 if !file.bytes.is_empty() => file.bytes[at] ^= 1 << self.below(8),
            1 => file.bytes.truncate(at),
            2 if !file.bytes.is_empty() => {
                let end = (at + 1 + self.below(8)).min(file.bytes.len());
                file.bytes.drain(at..end);
            }
            _ => {
                let new = self.pick(&BYTES);
                file.bytes.splice(at..at, new.iter().copied());
            }
        }
    }

    /// Takes out, doubles or moves lines.
    fn lines(&mut self, file: &mut File) {
        let mut lines: Vec<Vec<u8>> = file.bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
        if lines.is_empty() {
            return;
        }
        let (from, to) = (self.below(lines.len()), self.below(lines.len()));
        match self.below(3) {
            0 => {
                lines.remove(from);
            }
            1 => lines.insert(to, lines[from].clone()),
            _ => lines.swap(from, to),
        }
        file.bytes = lines.concat();
    }

    /// Puts another value behind a `=`.
    fn value(&mut self, file: &mut File) {
        let Some(at) = self.place(file, |bytes, at| bytes[at] == b'=') else { return self.number(file) };
        let end = file.bytes[at..]
            .iter()
            .position(|byte| matches!(byte, b'\n' | b',' | b'}'))
            .map_or(file.bytes.len(), |n| at + n);
        let new = if self.below(6) == 0 { self.known_key() } else { self.pick(&VALUES).to_owned() };
        file.bytes.splice(at + 1..end, format!(" {new}").into_bytes());
    }

    /// Puts another number in place of one.
    fn number(&mut self, file: &mut File) {
        let begins =
            |bytes: &[u8], at: usize| bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
        let Some(at) = self.place(file, begins) else { return };
        let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'_');
        let length = file.bytes[at..].iter().position(|byte| !is_part(byte)).unwrap_or(file.bytes.len() - at);
        let new = if self.below(2) == 0 { self.pick(&NUMBERS).to_owned() } else { self.random.next_u32().to_string() };
        file.bytes.splice(at..at + length, new.into_bytes());
    }

    /// Puts another name before a `=`.
    fn key(&mut self, file: &mut File) {
        let Some(at) = self.place(file, |bytes, at| bytes[at] == b'=') else { return };
        let begin = file.bytes[..at].iter().rposition(|byte| matches!(byte, b'\n' | b',' | b'{')).map_or(0, |n| n + 1);
        let new = self.known_key();
        file.bytes.splice(begin..at, format!("{new} ").into_bytes());
    }

    /// Puts in a line of a key and a value.
    fn line(&mut self, file: &mut File) {
        let at = self.place(file, |bytes, at| bytes[at] == b'\n').map_or(0, |at| at + 1);
        let key = self.known_key();
        let line = format!("{key} = {}\n", self.pick(&VALUES));
        file.bytes.splice(at..at, line.into_bytes());
    }

    /// Line ends of other systems, a byte order mark, no last line end, another number of rows.
    fn endings(&mut self, file: &mut File) {
        match self.below(4) {
            0 => {
                file.bytes = file
                    .bytes
                    .iter()
                    .flat_map(|&byte| if byte == b'\n' { vec![b'\r', b'\n'] } else { vec![byte] })
                    .collect();
            }
            1 => drop(file.bytes.splice(0..0, BYTES[0].iter().copied())),
            2 => file.bytes.truncate(file.bytes.len().saturating_sub(1)),
            _ if file.name.ends_with(".csv") => file.repeated = ROWS[self.below(ROWS.len())],
            _ => {}
        }
    }

    /// Puts in something deep or long.
    fn depth(&mut self, file: &mut File) {
        let deep = 1 << self.below(15);
        let at = self.place(file, |bytes, at| bytes[at] == b'\n').map_or(0, |at| at + 1);
        let new = match self.below(8) {
            0 => format!("x = {}{}\n", "[".repeat(deep), "]".repeat(deep)),
            1 => format!("x{} = 1\n", ".a".repeat(deep)),
            2 => format!("x = {}1{}\n", "{ a = ".repeat(deep), " }".repeat(deep)),
            3 => format!("[x{}]\n", ".a".repeat(deep)),
            4 => format!("title = \"{}\"\n", "қ".repeat(deep)),
            5 => format!("zone = \"{}\"\n", "*a".repeat(deep)),
            6 => format!("price = \"1 {}\"\n", "(USD/".repeat(deep)),
            _ => format!("price = \"{} USD/{}MWh\"\n", "9".repeat(deep), "kW*".repeat(deep)),
        };
        file.bytes.splice(at..at, new.into_bytes());
    }

    /// Puts in many things of a kind, or many years.
    fn many(&mut self, file: &mut File) {
        let count = 1 << self.below(11);
        let tables =
            ["zones", "commodities", "technologies", "links", "pollutants", "parameters", "profiles", "policies"];
        let table = self.pick(&tables);
        let list = |one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().join(", ");
        let new = match self.below(4) {
            0 | 1 => (0..count).map(|number| format!("\n[{table}.n{number}]")).collect(),
            2 => format!("\n[horizon]\nyears = [{}]", list(&|number| (1800 + number).to_string())),
            _ => format!("\n[time]\nslices = {{ {} }}", list(&|number| format!("s{number} = {}", 1.0 / count as f64))),
        };
        file.bytes.extend(format!("{new}\n").into_bytes());
    }

    /// Puts in lines of another file.
    fn splice(&mut self, file: &mut File, from: &File) {
        let lines: Vec<&[u8]> = from.bytes.split_inclusive(|&byte| byte == b'\n').collect();
        let begin = self.below(lines.len());
        let end = (begin + 1 + self.below(20)).min(lines.len());
        let at = self.place(file, |bytes, at| bytes[at] == b'\n').map_or(0, |at| at + 1);
        file.bytes.splice(at..at, lines[begin..end].concat());
    }

    /// Takes out, doubles or swaps files, or lets one extend another.
    fn files(&mut self, case: &mut Case) {
        let (one, other) = (self.below(case.files.len()), self.below(case.files.len()));
        match self.below(4) {
            0 if case.files.len() > 1 => drop(case.files.remove(one)),
            1 => {
                let copy = File { name: format!("copy-{}", case.files[one].name), ..case.files[one].clone() };
                case.files.push(copy);
            }
            2 => {
                let name = case.files[one].name.clone();
                case.files[one].name = std::mem::replace(&mut case.files[other].name, name);
            }
            _ => {
                let name = case.files[other].name.clone();
                case.files[one].bytes.splice(0..0, format!("extends = [\"{name}\"]\n").into_bytes());
            }
        }
    }

    /// A place of a file where something holds.
    fn place(&mut self, file: &File, holds: impl Fn(&[u8], usize) -> bool) -> Option<usize> {
        let places: Vec<usize> = (0..file.bytes.len()).filter(|&at| holds(&file.bytes, at)).collect();
        (!places.is_empty()).then(|| places[self.below(places.len())])
    }
}
