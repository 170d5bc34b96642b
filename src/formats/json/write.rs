//! Writing JSON (RFC 8259), piece by piece into memory.
//!
//! The caller says what comes next; commas, lines and escapes are the business of this module.
//! Outer levels are indented and inner ones stay on one line, so that a file shows well in a
//! comparison of two, and stays small. Nothing here checks that brackets match.

use super::{Json, Kind};
use std::fmt::Write;

/// JSON under way.
pub struct Writer {
    out: String,
    /// Containers that this many others hold are written on one line.
    flat: usize,
    /// How many containers are open.
    depth: usize,
    /// Whether the innermost one holds something.
    filled: bool,
}

impl Writer {
    /// With a line for every item down to a depth.
    pub fn lined(flat: usize, capacity: usize) -> Self {
        Self { out: String::with_capacity(capacity), flat, depth: 0, filled: false }
    }

    /// All on one line, without any space.
    pub fn compact() -> Self {
        Self::lined(0, 0)
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// Opens an object or a list.
    pub fn open(&mut self, bracket: char) {
        self.depth += 1;
        self.filled = false;
        self.out.push(bracket);
    }

    /// Closes it.
    pub fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if self.filled && self.depth < self.flat {
            self.line();
        }
        self.filled = true;
        self.out.push(bracket);
    }

    fn line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.depth));
    }

    /// Begins an item of a list; its value comes next.
    pub fn item(&mut self) {
        if self.filled {
            self.out.push(',');
        }
        self.filled = true;
        if self.depth <= self.flat {
            self.line();
        }
    }

    /// Begins a field of an object; its value comes next.
    pub fn field(&mut self, name: &str) {
        self.item();
        self.text(name);
        self.out.push_str(if self.depth <= self.flat { ": " } else { ":" });
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
            self.out.push_str(&rest[..at]);
            let byte = rest.as_bytes()[at];
            let short = match byte {
                b'"' | b'\\' => char::from(byte),
                0x8 => 'b',
                0xc => 'f',
                b'\n' => 'n',
                b'\r' => 'r',
                b'\t' => 't',
                _ => 'u',
            };
            self.out.push('\\');
            self.out.push(short);
            if short == 'u' {
                // Writing to memory can't fail.
                let _ = write!(self.out, "{byte:04x}");
            }
            rest = &rest[at + 1..];
        }
        self.out.push_str(rest);
        self.out.push('"');
    }

    /// Writes a number.
    pub fn number(&mut self, number: u32) {
        let _ = write!(self.out, "{number}");
    }

    /// Writes `true` or `false`.
    pub fn truth(&mut self, truth: bool) {
        self.out.push_str(if truth { "true" } else { "false" });
    }

    /// Writes a field that is text.
    pub fn text_field(&mut self, name: &str, text: &str) {
        self.field(name);
        self.text(text);
    }

    /// Writes a field that is a number.
    pub fn number_field(&mut self, name: &str, number: u32) {
        self.field(name);
        self.number(number);
    }

    /// Writes a value of another document: the same texts and, to the digit, the same numbers.
    ///
    /// It goes as deep as the value nests; the caller knows that this is not too deep.
    pub fn copy(&mut self, json: Json<'_>) {
        match json.kind() {
            Kind::Object => {
                self.open('{');
                for (name, value) in json.fields() {
                    self.field(name.text().unwrap_or_default().0);
                    self.copy(value);
                }
                self.close('}');
            }
            Kind::List => {
                self.open('[');
                for value in json.items() {
                    self.item();
                    self.copy(value);
                }
                self.close(']');
            }
            Kind::Text => self.text(json.text().unwrap_or_default().0),
            Kind::Number | Kind::Truth | Kind::Null => self.out.push_str(json.source()),
        }
    }
}

/// JSON in ASCII alone: what is beyond stands in texts and is written as escapes.
pub fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::json::Document;
    use proptest::prelude::*;

    /// Copies a source into a writer.
    fn copied(source: &str, mut writer: Writer) -> String {
        writer.copy(Document::parse(source).root().expect("JSON"));
        writer.finish()
    }

    #[test]
    fn inner_levels_stay_on_one_line() {
        let source = r#"{"a":[],"b":[{"c":[{"d":{},"e":[1,2]},{}]}]}"#;
        let expected = "{
 \"a\": [],
 \"b\": [
  {
   \"c\": [
    {\"d\":{},\"e\":[1,2]},
    {}
   ]
  }
 ]
}";
        assert_eq!(copied(source, Writer::lined(4, 0)), expected);
        assert_eq!(copied(expected, Writer::compact()), source);
    }

    #[test]
    fn numbers_are_copied_to_the_digit() {
        let source = "[1.0,-0,1E400,0.10000000000000000000001,12345678901234567890123]";
        assert_eq!(copied(source, Writer::compact()), source);
    }

    proptest! {
        #[test]
        fn ascii_stands_for_the_same(text in any::<String>()) {
            let mut writer = Writer::compact();
            writer.text(&text);
            let ascii = ascii(&writer.finish());
            prop_assert!(ascii.is_ascii());
            prop_assert_eq!(serde_json::from_str::<String>(&ascii).expect("JSON"), text);
        }

        #[test]
        fn a_text_is_written_as_another_writer_does(text in any::<String>()) {
            let mut writer = Writer::compact();
            writer.text(&text);
            prop_assert_eq!(writer.finish(), serde_json::to_string(&text).expect("writes"));
        }
    }
}
