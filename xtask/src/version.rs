//! Comparing version numbers as programs print them.
//!
//! It knows only leading numbers between dots; what follows them is never looked at.

/// Up to three numbers of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u64, pub u64, pub u64);

impl Version {
    /// Reads the numbers that a text starts with; missing ones count as zero.
    pub fn parse(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let mut numbers = text.get(..end)?.split('.');
        let major = numbers.next()?.parse().ok()?;
        let mut next = || match numbers.next() {
            None | Some("") => Some(0),
            Some(number) => number.parse().ok(),
        };
        Some(Self(major, next()?, next()?))
    }

    /// The first version in a line such as `Chromium 142.0.7444.59 built on ...`.
    pub fn find(text: &str) -> Option<Self> {
        text.split_whitespace().filter(|word| word.contains('.')).find_map(Self::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let of = |text| Version::parse(text).unwrap();
        assert!(of("1.96.0") > of("1.91"));
        assert!(of("1.100.0") > of("1.96.0"));
        assert!(of("1.91\"") == of("1.91.0"));
        assert!(of("1.96.0-nightly") == of("1.96.0"));
        assert!(of("156.0.8078.79") == Version(156, 0, 8078));
    }

    #[test]
    fn what_is_no_version_is_none() {
        for text in ["", "x", "v1.2", "."] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_version_is_found_in_what_browsers_print() {
        let of = |text| Version::find(text).map(|version| version.0);
        assert_eq!(of("Chromium 156.0.8078.79 built on Debian 12"), Some(156));
        assert_eq!(of("ChromeDriver 142.0.1 (a21ce95c24-refs/1@{#1})"), Some(142));
        assert_eq!(of("Google Chrome"), None);
    }
}
