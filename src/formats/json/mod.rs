//! JSON (RFC 8259) from outside: read once into a flat table of nodes that know their place.
//!
//! [`Document::parse`] always gives what stands before the first damage; a container that the
//! damage cut through says that it is not whole. Every [`Json`] knows where in the source it stands,
//! so that a reader can say so. The parser keeps its own stack, so that no depth of nesting
//! overflows the program's. Nothing here knows what the file is about.

mod parse;
mod text;
mod write;

use crate::formats::Place;
use crate::text::{ByteOffset, Offset, TextIndex};
use std::cell::OnceCell;

pub use write::{Writer, ascii};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    List,
    /// `"…"`
    Text,
    /// `1`
    Number,
    /// `true` or `false`
    Truth,
    /// `null`
    Null,
}

impl Kind {
    /// What a person may call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Text => "text",
            Self::Number => "a number",
            Self::Truth => "true or false",
            Self::Null => "null",
        }
    }
}

/// A node of the table. Offsets are bytes of the source.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    end: u32,
    /// Index of the first node after this one and all that it holds.
    next: u32,
    kind: Kind,
    /// Containers: the closing bracket was there. Texts: no escape is in it.
    whole: bool,
}

/// Where and why reading stopped before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Bytes from the start of the source.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

/// A source and the table of its nodes.
pub struct Document<'s> {
    source: &'s str,
    nodes: Vec<Node>,
    damage: Option<Damage>,
    /// The texts with escapes by their nodes, each resolved when it is asked for.
    escaped: Vec<(usize, OnceCell<(String, bool)>)>,
    index: OnceCell<(TextIndex, Vec<u32>)>,
}

impl<'s> Document<'s> {
    /// Reads a source up to its end or the first damage. At most 4 GiB are read.
    pub fn parse(source: &'s str) -> Self {
        let (nodes, damage) = parse::parse(source);
        let escaped = |(_, node): &(usize, &Node)| node.kind == Kind::Text && !node.whole;
        let escaped = nodes.iter().enumerate().filter(escaped).map(|(at, _)| (at, OnceCell::new())).collect();
        Self { source, nodes, damage, escaped, index: OnceCell::new() }
    }

    /// Length of the source in bytes.
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Whether the source is empty.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// The outermost value, `None` where not even its start could be read.
    pub fn root(&self) -> Option<Json<'_>> {
        (!self.nodes.is_empty()).then_some(Json { document: self, node: 0 })
    }

    /// Where reading stopped, `None` where all of it is JSON.
    pub fn damage(&self) -> Option<Damage> {
        self.damage
    }

    /// The line and column of a byte of the source.
    pub fn place(&self, byte: usize) -> Place {
        let (index, lines) = self.index.get_or_init(|| {
            let starts = self.source.match_indices('\n').map(|(at, _)| ByteOffset::from_usize(at + 1).get());
            (TextIndex::new(self.source), std::iter::once(0).chain(starts).collect())
        });
        let byte = ByteOffset::from_usize(byte);
        let line = lines.partition_point(|&start| start <= byte.get());
        let start = lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let start: Offset = index.from_byte(self.source, ByteOffset::new(start));
        let column = index.from_byte(self.source, byte).since(start).saturating_add(1);
        Place { line: Offset::from_usize(line).get(), column }
    }
}

/// A value of a document.
#[derive(Clone, Copy)]
pub struct Json<'d> {
    document: &'d Document<'d>,
    node: usize,
}

impl<'d> Json<'d> {
    fn record(self) -> Node {
        self.document.nodes[self.node]
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.record().kind
    }

    /// Whether the source goes on to its end.
    pub fn is_whole(self) -> bool {
        !matches!(self.kind(), Kind::Object | Kind::List) || self.record().whole
    }

    /// Where it starts, in bytes from the start of the source.
    pub fn byte(self) -> usize {
        self.record().start as usize
    }

    /// The line and column of its start.
    pub fn place(self) -> Place {
        self.document.place(self.byte())
    }

    /// As it is written.
    pub fn source(self) -> &'d str {
        let node = self.record();
        self.document.source.get(node.start as usize..node.end as usize).unwrap_or_default()
    }

    /// What a list holds; nothing of anything else.
    pub fn items(self) -> impl Iterator<Item = Json<'d>> {
        let node = self.record();
        let (mut at, end) = if node.kind == Kind::List { (self.node + 1, node.next as usize) } else { (0, 0) };
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let item = Json { document: self.document, node: at };
                at = item.record().next as usize;
                item
            })
        })
    }

    /// The fields of an object in the order of the source, repeated ones as well; nothing of anything
    /// else.
    pub fn fields(self) -> impl Iterator<Item = (Json<'d>, Json<'d>)> {
        let node = self.record();
        let (mut at, end) = if node.kind == Kind::Object { (self.node + 1, node.next as usize) } else { (0, 0) };
        std::iter::from_fn(move || {
            (at + 1 < end).then(|| {
                let key = Json { document: self.document, node: at };
                let value = Json { document: self.document, node: at + 1 };
                at = value.record().next as usize;
                (key, value)
            })
        })
    }

    /// The text that a text stands for, and whether a lone surrogate in it became U+FFFD; `None`
    /// of anything else.
    pub fn text(self) -> Option<(&'d str, bool)> {
        let node = self.record();
        if node.kind != Kind::Text {
            return None;
        }
        let quoted = self.source();
        let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
        if node.whole {
            return Some((inner, false));
        }
        let place = self.document.escaped.binary_search_by(|(node, _)| node.cmp(&self.node)).ok()?;
        let (text, lone) = self.document.escaped[place].1.get_or_init(|| text::unescape(inner));
        Some((text, *lone))
    }

    /// A whole number that fits; `None` of anything else.
    pub fn integer(self) -> Option<u32> {
        (self.kind() == Kind::Number).then(|| self.source().parse().ok()).flatten()
    }

    /// `true` or `false`; `None` of anything else.
    pub fn truth(self) -> Option<bool> {
        (self.kind() == Kind::Truth).then(|| self.source() == "true")
    }

    /// It on one line, `None` where it is not whole, nests deeper than `depth`, or holds a text that no
    /// text can stand for.
    pub fn compact(self, depth: usize) -> Option<String> {
        let nodes = self.document.nodes.get(self.node..self.record().next as usize)?;
        let mut open: Vec<u32> = Vec::new();
        for node in nodes.iter().filter(|node| matches!(node.kind, Kind::Object | Kind::List)) {
            while open.last().is_some_and(|&end| end <= node.start) {
                open.pop();
            }
            open.push(node.end);
            if open.len() > depth || !node.whole {
                return None;
            }
        }
        let lone = |node: usize| Json { document: self.document, node }.text().is_some_and(|(_, lone)| lone);
        if (self.node..self.record().next as usize).any(lone) {
            return None;
        }
        let mut writer = Writer::compact();
        writer.copy(self);
        Some(writer.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn places_count_lines_and_code_points_from_one() {
        let document = Document::parse("{\n \"👍é\": [1,\r\n2]}");
        let (key, value) = document.root().and_then(|root| root.fields().next()).expect("a field");
        assert_eq!(key.place(), Place { line: 2, column: 2 });
        assert_eq!(value.place(), Place { line: 2, column: 8 });
        assert_eq!(value.items().nth(1).expect("an item").place(), Place { line: 3, column: 1 });
    }

    #[test]
    fn a_value_is_given_on_one_line_up_to_a_depth() {
        let document = Document::parse("[ [1],[[2] ],{\"\\u0061\" :\n{}}]");
        let root = document.root().expect("a list");
        assert!(root.compact(2).is_none());
        assert_eq!(root.compact(3).as_deref(), Some(r#"[[1],[[2]],{"a":{}}]"#));
        let all: Vec<_> = root.items().map(|item| item.compact(1)).collect();
        assert_eq!(all, [Some("[1]".to_owned()), None, None]);
        let lone = Document::parse(r#"{"a":["\ud83d"]}"#);
        assert_eq!(lone.root().and_then(|root| root.compact(3)), None);
    }

    #[test]
    fn a_hundred_thousand_brackets_are_no_trouble() {
        let deep = "[".repeat(100_000);
        let document = Document::parse(&deep);
        assert_eq!(document.damage().map(|damage| damage.at), Some(100_000));
        assert!(document.root().is_some_and(|root| !root.is_whole() && root.compact(64).is_none()));
        let closed = deep + &"]".repeat(100_000);
        assert_eq!(Document::parse(&closed).damage(), None);
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    /// Rebuilds a value from nodes alone.
    fn rebuild(json: Json<'_>) -> Value {
        match json.kind() {
            Kind::Object => json.fields().map(|(k, v)| (k.text().expect("a key").0.to_owned(), rebuild(v))).collect(),
            Kind::List => json.items().map(rebuild).collect(),
            Kind::Text => json.text().expect("a text").0.into(),
            _ => serde_json::from_str(json.source()).expect("a scalar"),
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_another_reader_reads(value in json(), pretty in any::<bool>()) {
            let write = if pretty { serde_json::to_string_pretty } else { serde_json::to_string };
            let source = write(&value).expect("writes");
            let document = Document::parse(&source);
            prop_assert_eq!(document.damage(), None);
            prop_assert_eq!(rebuild(document.root().expect("a value")), value);
        }

        #[test]
        fn what_is_json_and_what_is_not_is_what_another_reader_says(
            source in r#"[\[\]{},:"\\ \ntruefalsn0-9.eE+u-]{0,12}|\PC*"#,
        ) {
            let other = serde_json::from_str::<&serde_json::value::RawValue>(&source);
            prop_assert_eq!(Document::parse(&source).damage().is_none(), other.is_ok(), "{:?}", other.err());
        }

        #[test]
        fn what_stands_before_a_cut_is_read(value in json(), cut in any::<prop::sample::Index>()) {
            let source = serde_json::to_string(&value).expect("writes");
            let mut cut = cut.index(source.len());
            while !source.is_char_boundary(cut) {
                cut -= 1;
            }
            let document = Document::parse(&source[..cut]);
            if let Some(root) = document.root().filter(|_| matches!(value, Value::Object(_) | Value::Array(_))) {
                prop_assert_eq!(document.damage().map(|damage| damage.at), Some(cut));
                prop_assert!(!root.is_whole());
            }
        }
    }
}
