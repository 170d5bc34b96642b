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

    /// Whole hours since a day long ago, by the proleptic Gregorian calendar: for telling how long something is
    /// past.
    pub fn hours(&self) -> i32 {
        let digit = |number: i32, digit: &u8| number * 10 + i32::from(digit - b'0');
        let number = |from: usize, to: usize| self.0.as_bytes()[from..to].iter().fold(0, digit);
        let (month, day) = (number(5, 7), number(8, 10));
        // The year begins in March, so that the day that comes now and then is its last.
        let year = number(0, 4) - i32::from(month <= 2);
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let days = 365 * year + leap_days + (153 * ((month + 9) % 12) + 2) / 5 + day;
        days * 24 + number(11, 13)
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
    fn hours_pass_as_the_calendar_says() {
        for (from, to, hours) in [
            ("2031-03-14T09", "2031-03-14T10", 1),
            ("2031-12-31T23", "2032-01-01T00", 1),
            ("2032-02-28T00", "2032-03-01T00", 48),
            ("2031-02-28T00", "2031-03-01T00", 24),
            ("2100-02-28T00", "2100-03-01T00", 24),
            ("2000-02-28T00", "2000-03-01T00", 48),
            ("1970-01-01T00", "2026-01-01T00", 20_454 * 24),
        ] {
            let hour = |text: &str| Timestamp::parse(&format!("{text}:59:59.999Z")).expect("a moment").hours();
            assert_eq!(hour(to) - hour(from), hours, "{from} to {to}");
        }
        let strange = Timestamp::parse("0000-00-00T99:99:99.999Z").expect("it has the form");
        assert!(strange.hours() < Timestamp::unknown().hours());
    }

    #[test]
    fn only_the_one_form_is_taken() {
        assert!(Timestamp::parse("2031-03-14T09:26:53.589Z").is_some());
        for text in ["2031-03-14", "2031-03-14T09:26:53Z", "2031-03-14T09:26:53.589+01", "2031-03-14t09:26:53.589Z", ""]
        {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
