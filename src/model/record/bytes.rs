//! The bytes of a record: numbers and texts one after the other, in the order in which they are read
//! again. Numbers are little-endian base 128 (LEB128), a text is its length and its UTF-8.
//!
//! What a record holds is the business of [`crate::model::record`]. Whatever bytes come, reading
//! neither panics nor asks for more memory than there are bytes.

/// Bytes under way.
#[derive(Default)]
pub(crate) struct Out(pub(crate) Vec<u8>);

impl Out {
    /// Puts a number.
    pub(crate) fn number(&mut self, number: u64) {
        let mut rest = number;
        while rest >= 0x80 {
            self.0.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
    }

    /// Puts a text.
    pub(crate) fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }

    /// Puts bytes of any kind.
    pub(crate) fn blob(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    /// Puts how many items follow, and each of them.
    pub(crate) fn list<T>(&mut self, items: &[T], put: fn(&mut Self, &T)) {
        self.number(items.len() as u64);
        items.iter().for_each(|item| put(self, item));
    }

    /// Puts whether something is there, and it.
    pub(crate) fn option<T>(&mut self, item: Option<&T>, put: fn(&mut Self, &T)) {
        self.number(item.is_some().into());
        if let Some(item) = item {
            put(self, item);
        }
    }
}

/// Bytes to be read.
///
/// Once something did not fit, all that is read is empty; whoever reads asks at the end.
pub(crate) struct In<'a> {
    rest: &'a [u8],
    broken: bool,
}

impl<'a> In<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, broken: false }
    }

    /// Says that something did not fit.
    pub(crate) fn fail(&mut self) {
        self.broken = true;
        self.rest = &[];
    }

    /// Whether something did not fit.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether all fitted and nothing is left.
    pub(crate) fn is_done(&self) -> bool {
        !self.broken && self.rest.is_empty()
    }

    /// Takes a number.
    pub(crate) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let Some((&byte, rest)) = self.rest.split_first() else {
                break;
            };
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.fail();
        0
    }

    /// Takes a number that is an offset, a colour or a choice.
    pub(crate) fn small(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or_else(|_| {
            self.fail();
            0
        })
    }

    /// Takes bytes of any kind.
    pub(crate) fn blob(&mut self) -> &'a [u8] {
        match usize::try_from(self.number()).ok().and_then(|len| self.rest.split_at_checked(len)) {
            Some((bytes, rest)) => {
                self.rest = rest;
                bytes
            }
            None => {
                self.fail();
                &[]
            }
        }
    }

    /// Takes a text.
    pub(crate) fn text(&mut self) -> &'a str {
        std::str::from_utf8(self.blob()).unwrap_or_else(|_| {
            self.fail();
            ""
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a list of numbers and then a text, as far as there are any.
    fn read(from: &mut In<'_>) -> (Vec<u64>, String) {
        let len = from.number();
        let numbers = (0..len).map_while(|_| (!from.is_broken()).then(|| from.number())).collect();
        (numbers, from.text().to_owned())
    }

    proptest! {
        #[test]
        fn what_is_put_is_taken_again(numbers in prop::collection::vec(any::<u64>(), 0..9), text in any::<String>()) {
            let mut out = Out::default();
            out.list(&numbers, |out, number| out.number(*number));
            out.text(&text);
            let mut from = In::new(&out.0);
            prop_assert_eq!(read(&mut from), (numbers, text));
            prop_assert!(from.is_done());
            for cut in 0..out.0.len() {
                let mut from = In::new(&out.0[..cut]);
                read(&mut from);
                prop_assert!(!from.is_done());
            }
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            read(&mut In::new(&bytes));
        }
    }
}
