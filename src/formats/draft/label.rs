//! The names of labels in files, and the labels that they stand for.
//!
//! A name is found among the labels that are known here by its id or, failing that, by what the page calls it.
//! Any other becomes a label of its own, whose id is the name with what no id can hold escaped, so that the same
//! name is written again.

use crate::limits;
use crate::model::label::Line;
use crate::model::*;
use std::fmt::Write;

/// How many colours the page has.
const COLOURS: usize = 8;
/// Letters that are no command of the page.
const FREE_KEYS: &str = "bcefgjkqrtuwyz123456789";

/// The id of a label with a name, for a name that no label here has; `None` of an empty name.
pub fn label_id(name: &str) -> Option<LabelId> {
    let mut id = String::with_capacity(name.len());
    for c in name.chars() {
        if c == '%' || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(id, "%{byte:02X}");
            }
        } else {
            id.push(c);
        }
    }
    // What is too long is told from others like it by its hash.
    if id.len() > limits::ID_BYTES {
        const HASH: usize = 16;
        let hash = crate::text::TextHash::of(name);
        id.truncate(id.floor_char_boundary(limits::ID_BYTES - HASH - 1));
        id.push('~');
        id.push_str(&hash.as_str()[..HASH]);
    }
    LabelId::parse(&id)
}

/// The name under which a label is written to a file that is free in its names: [`label_id`] read backwards.
pub fn label_name(id: &LabelId, scheme: &LabelScheme) -> String {
    let written = id.as_str();
    // The id of one that was too long for an id; its name has all of it.
    if let Some(label) = scheme.label(id)
        && label_id(&label.name).as_ref() == Some(id)
    {
        return label.name.clone();
    }
    let Some(name) = unescaped(written) else {
        return written.to_owned();
    };
    if scheme.label(&LabelId::new(name.as_str())).is_some() { written.to_owned() } else { name }
}

/// What an id with escapes stands for; `None` where it has none or is not of this form.
fn unescaped(id: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(id.len());
    let mut rest = id;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
        rest = after.get(2..)?;
    }
    bytes.extend(rest.bytes());
    let name = String::from_utf8(bytes).ok()?;
    (name != id && label_id(&name)?.as_str() == id).then_some(name)
}

/// The labels of a reading under way.
pub(super) struct Labels {
    pub(super) scheme: LabelScheme,
    /// Names that were met, with their labels; `None` where there is no room for more.
    met: std::collections::BTreeMap<String, Option<LabelId>>,
}

/// How a name became a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// It was met before in this file.
    Before,
    /// A label here has it as its id.
    Here,
    /// A label here is called so.
    ByName,
    /// It is a new label.
    New,
    /// There is no such label, and no room for one.
    NoRoom,
}

impl Labels {
    /// Starts with those that are known here.
    pub(super) fn new(scheme: &LabelScheme) -> Self {
        Self { scheme: scheme.clone(), met: std::collections::BTreeMap::new() }
    }

    /// The label that a name stands for.
    pub(super) fn take(&mut self, name: &str) -> (Option<LabelId>, Met) {
        if let Some(met) = self.met.get(name) {
            return (met.clone(), Met::Before);
        }
        let (id, how) = self.find(name);
        self.met.insert(name.to_owned(), id.clone());
        (id, how)
    }

    fn find(&mut self, name: &str) -> (Option<LabelId>, Met) {
        let escaped = label_id(name);
        let labels = &self.scheme.labels;
        let by_id = labels.iter().find(|label| label.id.as_str() == name);
        if let Some(label) = by_id.or_else(|| labels.iter().find(|label| Some(&label.id) == escaped.as_ref())) {
            return (Some(label.id.clone()), Met::Here);
        }
        let folded = name.to_lowercase();
        let is_called = |label: &&Label| label.name.to_lowercase() == folded || label.id.as_str() == folded;
        if let Some(label) = labels.iter().find(is_called) {
            return (Some(label.id.clone()), Met::ByName);
        }
        match escaped.filter(|_| labels.len() < limits::LIST) {
            Some(id) => {
                self.add(&id, name);
                (Some(id), Met::New)
            }
            None => (None, Met::NoRoom),
        }
    }

    fn add(&mut self, id: &LabelId, name: &str) {
        let place = self.scheme.labels.len();
        let name = limits::start(name, limits::NAME).unwrap_or(name);
        let is_free = |key: &char| self.scheme.labels.iter().all(|label| label.key != *key);
        let of_name = name.chars().map(|c| c.to_ascii_lowercase()).filter(|c| FREE_KEYS.contains(*c));
        let key = of_name.chain(FREE_KEYS.chars()).find(is_free).unwrap_or('•');
        self.scheme.labels.push(Label {
            id: id.clone(),
            name: name.to_owned(),
            plural: name.to_owned(),
            line: [Line::Solid, Line::Dashed, Line::Dotted][place % 3],
            colour: (place % COLOURS) as u8 + 1,
            key,
            guideline: String::new(),
            attributes: Vec::new(),
            links: Vec::new(),
            extra: Extra::default(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(scheme: &LabelScheme) -> Vec<&str> {
        scheme.labels.iter().map(|label| label.id.as_str()).collect()
    }

    #[test]
    fn a_name_is_a_label_here_or_a_new_one() {
        let mut labels = Labels::new(&LabelScheme::default());
        for (name, id, how) in [
            ("quote", Some("quote"), Met::Here),
            ("Claim", Some("claim"), Met::ByName),
            ("ENTITY", Some("entity"), Met::ByName),
            ("PER", Some("PER"), Met::New),
            ("PER", Some("PER"), Met::Before),
            ("50% sure\n", Some("50%25 sure%0A"), Met::New),
            ("", None, Met::NoRoom),
        ] {
            let (found, met) = labels.take(name);
            assert_eq!((found.as_ref().map(LabelId::as_str), met), (id, how), "{name:?}");
        }
        assert_eq!(names(&labels.scheme), ["quote", "claim", "entity", "PER", "50%25 sure%0A"]);
        let keys: String = labels.scheme.labels.iter().map(|label| label.key).collect();
        assert_eq!(keys, "qcer5", "no key twice and none that is a command");
    }

    #[test]
    fn an_id_that_only_looks_escaped_is_written_as_it_is() {
        let mut scheme = LabelScheme::default();
        for id in ["50%", "50%25", "100%zz"] {
            scheme.labels.push(Label { id: LabelId::new(id), name: id.into(), ..scheme.labels[0].clone() });
        }
        for id in ["50%", "50%25", "100%zz"] {
            let name = label_name(&LabelId::new(id), &scheme);
            assert_eq!(name, id);
            assert_eq!(Labels::new(&scheme).take(&name).0, Some(LabelId::new(id)));
        }
    }

    proptest! {
        #[test]
        fn every_name_is_written_again(name in "\\PC{1,80}|[%0-9A-F\n\u{7f}é]{1,20}|.{1,200}") {
            let mut labels = Labels::new(&LabelScheme { labels: Vec::new(), extra: Extra::default() });
            let (id, _) = labels.take(&name);
            prop_assert_eq!(label_name(&id.expect("a name that is not empty"), &labels.scheme), name);
        }
    }
}
