//! The parser: one pass, its own stack, everything up to the first damage.

use super::{Damage, Kind, Node};
use crate::limits;

/// What is said where there is more of it; a test holds the number against the limit.
const TOO_MANY: &str = "no more than 8 million values";

/// The nodes of a source in order, and what stopped the reading.
pub(super) fn parse(source: &str) -> (Vec<Node>, Option<Damage>) {
    if u32::try_from(source.len()).is_err() {
        return (Vec::new(), Some(Damage { at: 0, expected: "less than 4 GiB" }));
    }
    let mut parser = Parser { bytes: source.as_bytes(), at: 0, nodes: Vec::new(), open: Vec::new() };
    let damage = parser.run().err();
    // What is still open ends where the reading ended, and is not whole.
    let (next, end) = (parser.nodes.len() as u32, damage.map_or(source.len(), |damage| damage.at) as u32);
    for &open in &parser.open {
        parser.nodes[open].next = next;
        parser.nodes[open].end = end;
    }
    (parser.nodes, damage)
}

struct Parser<'s> {
    bytes: &'s [u8],
    at: usize,
    nodes: Vec<Node>,
    /// Indices of the containers that are open, outermost first.
    open: Vec<usize>,
}

type Step<T> = Result<T, Damage>;

impl Parser<'_> {
    fn run(&mut self) -> Step<()> {
        self.space();
        let mut fresh = self.value()?;
        while let Some(&open) = self.open.last() {
            let object = self.nodes[open].kind == Kind::Object;
            self.space();
            match self.peek() {
                Some(b'}') if object => self.close(open),
                Some(b']') if !object => self.close(open),
                Some(b',') if !fresh => self.at += 1,
                _ if fresh => {}
                _ if object => return self.damage("a comma or a closing brace"),
                _ => return self.damage("a comma or a closing bracket"),
            }
            if self.open.last() != Some(&open) {
                fresh = false;
                continue;
            }
            self.space();
            if object {
                if self.peek() != Some(b'"') {
                    return self.damage("the name of a field");
                }
                self.text()?;
                self.space();
                self.byte(b':', "a colon")?;
                self.space();
            }
            fresh = self.value()?;
        }
        self.space();
        if self.at < self.bytes.len() { self.damage("the end of the file") } else { Ok(()) }
    }

    fn damage<T>(&self, expected: &'static str) -> Step<T> {
        Err(Damage { at: self.at, expected })
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn byte(&mut self, byte: u8, expected: &'static str) -> Step<()> {
        if self.peek() != Some(byte) {
            return self.damage(expected);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a scalar or opens a container; says whether it opened one.
    fn value(&mut self) -> Step<bool> {
        if self.nodes.len() >= limits::VALUES {
            return self.damage(TOO_MANY);
        }
        match self.peek() {
            Some(b'{') => self.open(Kind::Object),
            Some(b'[') => self.open(Kind::List),
            Some(b'"') => self.text()?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word(b"true", Kind::Truth)?,
            Some(b'f') => self.word(b"false", Kind::Truth)?,
            Some(b'n') => self.word(b"null", Kind::Null)?,
            _ => return self.damage("a value"),
        }
        Ok(matches!(self.nodes.last(), Some(node) if node.next == 0))
    }

    fn open(&mut self, kind: Kind) {
        self.open.push(self.nodes.len());
        self.nodes.push(Node { start: self.at as u32, end: 0, next: 0, kind, whole: false });
        self.at += 1;
    }

    fn close(&mut self, open: usize) {
        self.at += 1;
        self.open.pop();
        let next = self.nodes.len() as u32;
        let node = &mut self.nodes[open];
        (node.end, node.next, node.whole) = (self.at as u32, next, true);
    }

    fn scalar(&mut self, start: usize, kind: Kind, whole: bool) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { start: start as u32, end: self.at as u32, next, kind, whole });
    }

    fn text(&mut self) -> Step<()> {
        let start = self.at;
        let mut plain = true;
        self.at += 1;
        loop {
            let rest = &self.bytes[self.at..];
            let Some(run) = rest.iter().position(|&b| b == b'"' || b == b'\\' || b < b' ') else {
                self.at = self.bytes.len();
                return self.damage("a closing quotation mark");
            };
            self.at += run;
            match rest[run] {
                b'"' => break,
                b'\\' => {
                    plain = false;
                    self.escape()?;
                }
                _ => return self.damage("a closing quotation mark on the same line, or an escape"),
            }
        }
        self.at += 1;
        self.scalar(start, Kind::Text, plain);
        Ok(())
    }

    fn escape(&mut self) -> Step<()> {
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.peek().is_some_and(|b| b.is_ascii_hexdigit()) {
                        return self.damage("four hexadecimal digits");
                    }
                    self.at += 1;
                }
            }
            _ => return self.damage("an escape"),
        }
        Ok(())
    }

    fn number(&mut self) -> Step<()> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        // A number that ends with a cut file may be the start of another one.
        if self.peek().is_none() && !self.open.is_empty() {
            return self.damage("the rest of the file");
        }
        self.scalar(start, Kind::Number, true);
        Ok(())
    }

    fn digits(&mut self) -> Step<()> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { self.damage("a digit") } else { Ok(()) }
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Step<()> {
        let start = self.at;
        for &b in word {
            self.byte(b, "true, false or null")?;
        }
        self.scalar(start, kind, true);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_source_takes_more_memory_than_its_values_may() {
        let many = format!("[{}", "0,".repeat(limits::VALUES));
        let (nodes, damage) = parse(&many);
        assert_eq!(damage.map(|damage| damage.expected), Some(TOO_MANY));
        assert_eq!(nodes.len(), limits::VALUES);
        assert_eq!(TOO_MANY, format!("no more than {} million values", limits::VALUES / 1_000_000));
        let keys = format!("{{{}", "\"\":{".repeat(limits::VALUES));
        assert!(parse(&keys).0.len() <= limits::VALUES + 1);
    }
}
