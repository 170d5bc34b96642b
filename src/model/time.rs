//! A moment as it stands in files: RFC 3339, UTC, with milliseconds.
//!
//! Kept as written, since the core only ever compares and copies it; the clock and the reader's own
//! time zone live in the browser layer.

use std::fmt;
use std::rc::Rc;

/// `YYYY-MM-DDTHH:MM:SS.mmmZ`, which sorts as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(Rc<str>);

impl Timestamp {
    /// Takes a moment in exactly this form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::fits(text).then(|| Self(text.into()))
    }

    /// The same of a text that others share.
    pub fn shared(text: Rc<str>) -> Option<Self> {
        Self::fits(&text).then_some(Self(text))
    }

    fn fits(text: &str) -> bool {
        const FORM: &[u8] = b"0000-00-00T00:00:00.000Z";
        text.len() == FORM.len()
            && text.bytes().zip(FORM).all(|(b, form)| if *form == b'0' { b.is_ascii_digit() } else { b == *form })
    }

    /// The start of Unix time: stands in where a file gives no usable moment.
    pub fn unknown() -> Self {
        Self("1970-01-01T00:00:00.000Z".into())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_form_is_taken() {
        assert!(Timestamp::parse("2031-03-14T09:26:53.589Z").is_some());
        for text in ["2031-03-14", "2031-03-14T09:26:53Z", "2031-03-14T09:26:53.589+01", "2031-03-14t09:26:53.589Z", ""]
        {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
