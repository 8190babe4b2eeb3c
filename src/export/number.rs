//! Numbers in program files.

/// The shortest text that is read back as the same number.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if (1e-5..1e15).contains(&size) {
        format!("{value}")
    } else {
        format!("{value:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_back_as_they_were() {
        let texts = [
            (0.1, "0.1"),
            (-2.0, "-2"),
            (-0.0, "0"),
            (1.5e-9, "1.5e-9"),
            (1e15, "1e15"),
            (1.0 / 3.0, "0.3333333333333333"),
        ];
        for (value, text) in texts {
            assert_eq!(number(value), text);
            assert_eq!(text.parse(), Ok(value));
        }
    }
}
