//! What readers of JSON share: taking the fields of an object one by one, and saying what is wrong with them.
//!
//! What nobody took from an object is a field that is not known here, and is kept.

use crate::formats::issues::Issues;
use crate::formats::json::{Document, Json, Kind, Writer};
use crate::formats::{Counts, Issue, Place, Severity};
use crate::limits;
use crate::model::{Extra, Timestamp};
use crate::order::order;
use std::borrow::Cow;
use std::fmt;

/// After so many annotations whoever waits hears how far the reading has got.
const PACE: usize = 1_000;
/// Objects with more fields than this are searched for repeated ones in the order of their names.
const MANY: usize = 24;

/// Collects issues and counts.
pub(crate) struct Reader<'d> {
    document: &'d Document<'d>,
    /// How many lines of the file stand before the document.
    lines_before: u32,
    issues: Issues,
    pub(crate) counts: Counts,
    progress: &'d dyn Fn(f64),
}

/// An object whose fields are being taken.
pub(crate) struct Object<'d> {
    /// Where it stands.
    pub(crate) at: Json<'d>,
    what: &'static str,
    /// What tells it from others of its kind; empty until that was read.
    pub(crate) id: &'d str,
    fields: Vec<Field<'d>>,
    /// Where the next field is likely to be, since files have them in the order in which they are taken.
    next: usize,
}

/// A field by its name; `None` once it was taken.
type Field<'d> = Option<(&'d str, Json<'d>)>;

impl fmt::Display for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id.is_empty() {
            true => f.write_str(self.what),
            false => write!(f, "{} “{}”", self.what, self.id),
        }
    }
}

impl<'d> Object<'d> {
    fn find(&self, name: &str) -> Option<usize> {
        let is = |index: &usize| matches!(&self.fields[*index], Some((key, _)) if *key == name);
        (self.next..self.fields.len()).find(is).or_else(|| (0..self.next).find(is))
    }

    /// Whether a field is still there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Takes a field out.
    pub(crate) fn take(&mut self, name: &str) -> Option<Json<'d>> {
        let index = self.find(name)?;
        self.next = index + 1;
        self.fields[index].take().map(|(_, value)| value)
    }

    /// A field that stays, or the object itself: something that has a place.
    pub(crate) fn peek(&self, name: &str) -> Json<'d> {
        let field = self.find(name).and_then(|index| self.fields[index].as_ref());
        field.map_or(self.at, |(_, value)| *value)
    }

    /// Takes all fields that are still there.
    pub(crate) fn into_fields(self) -> impl Iterator<Item = (&'d str, Json<'d>)> {
        self.fields.into_iter().flatten()
    }
}

impl<'d> Reader<'d> {
    pub(crate) fn new(document: &'d Document<'d>, progress: &'d dyn Fn(f64)) -> Self {
        Self { document, lines_before: 0, issues: Issues::default(), counts: Counts::default(), progress }
    }

    /// Of a document that is a line of a file, with so many lines before it.
    pub(crate) fn of_line(document: &'d Document<'d>, lines_before: u32) -> Self {
        Self { lines_before, ..Self::new(document, &|_| {}) }
    }

    /// The line and column of a value in the file.
    pub(crate) fn place(&self, at: Json<'d>) -> Place {
        self.place_of_byte(at.byte())
    }

    /// The line and column in the file of a byte of the document.
    pub(crate) fn place_of_byte(&self, byte: usize) -> Place {
        place_of(self.document, byte, self.lines_before)
    }

    /// Counts an annotation, and says now and then how far the reading has got.
    pub(crate) fn count(&mut self, at: Json<'d>) {
        self.counts.read += 1;
        if self.counts.read.is_multiple_of(PACE) {
            (self.progress)(at.byte() as f64 / self.document.len().max(1) as f64);
        }
    }

    /// Adds an issue of a place.
    pub(crate) fn report(&mut self, severity: Severity, at: Json<'d>, message: fmt::Arguments<'_>) {
        self.report_byte(severity, at.byte(), message);
    }

    /// Adds an issue of a byte of the source.
    pub(crate) fn report_byte(&mut self, severity: Severity, byte: usize, message: fmt::Arguments<'_>) {
        let (document, before) = (self.document, self.lines_before);
        self.issues.add(severity, || Some(place_of(document, byte, before)), message);
    }

    /// All issues in the order of finding; where there were too many to tell, how many more there are.
    pub(crate) fn into_issues(self) -> Vec<Issue> {
        self.issues.into_vec()
    }

    /// The issues so far and how many annotations were set aside, to go on with elsewhere.
    pub(crate) fn give(self) -> (Issues, usize) {
        (self.issues, self.counts.set_aside)
    }

    /// Adds a warning of an object.
    pub(crate) fn warn(&mut self, object: &Object<'d>, at: Json<'d>, message: fmt::Arguments<'_>) {
        self.report(Severity::Warning, at, format_args!("{object}: {message}"));
    }

    /// The fields of a value, `None` with an issue where it is no object.
    pub(crate) fn object(&mut self, at: Json<'d>, what: &'static str, instead: &str) -> Option<Object<'d>> {
        if at.kind() != Kind::Object {
            let message = format_args!("{what}: expected an object, found {}; {instead}", at.kind().words());
            self.report(Severity::Error, at, message);
            return None;
        }
        let mut fields = Vec::with_capacity(16);
        let mut keys = Vec::with_capacity(16);
        for (key, value) in at.fields() {
            fields.push(Some((self.decode(key).unwrap_or_default(), value)));
            keys.push(key);
        }
        let mut object = Object { at, what, id: "", fields, next: 0 };
        for (earlier, later) in repeated(&object.fields) {
            if let Some((name, _)) = object.fields[earlier].take() {
                let message = format_args!("{what}: the field “{name}” is there twice; the last one was taken");
                self.report(Severity::Warning, keys[later], message);
            }
        }
        Some(object)
    }

    /// The items of a field that is a list, up to a limit; nothing, with an issue where it is there but no list.
    pub(crate) fn list(
        &mut self,
        object: &mut Object<'d>,
        name: &str,
        limit: usize,
        instead: &str,
    ) -> Option<Vec<Json<'d>>> {
        let value = object.take(name)?;
        if value.kind() != Kind::List {
            self.wrong(object, name, value, "a list", instead);
            return None;
        }
        let mut rest = value.items();
        let items = rest.by_ref().take(limit).collect();
        if let Some(next) = rest.next() {
            let more = rest.count() + 1;
            let message = format_args!(
                "{object}: of its {name} the first {limit} were taken, the most that fit, and {more} left out"
            );
            self.report(Severity::Error, next, message);
        }
        Some(items)
    }

    /// The start of a text that is longer than `limit`, with an issue; else all of it.
    pub(crate) fn within(&mut self, object: &Object<'d>, name: &str, limit: usize, text: &'d str) -> &'d str {
        let Some(start) = limits::start(text, limit) else {
            return text;
        };
        let message =
            format_args!("“{name}” is longer than {limit} characters, the most that fit; the rest was left out");
        self.warn(object, object.at, message);
        start
    }

    /// A field that may hold a line of text; empty where it is not there.
    pub(crate) fn line(&mut self, object: &mut Object<'d>, name: &str) -> String {
        let text = self.optional(object, name, "left empty").unwrap_or_default();
        self.within(object, name, limits::NAME, text).to_owned()
    }

    /// A field that is a name: text, or a number as it is written; empty where it is not there or null.
    pub(crate) fn name(&mut self, object: &mut Object<'d>, name: &str) -> String {
        match object.take(name) {
            Some(value) if value.kind() == Kind::Text => self.decode(value).unwrap_or_default().to_owned(),
            Some(value) if value.kind() == Kind::Number => value.source().to_owned(),
            Some(value) if value.kind() != Kind::Null => {
                self.wrong(object, name, value, "text or a number", "left out");
                String::new()
            }
            _ => String::new(),
        }
    }

    /// A field that is an offset; `None` where it is not there, and with an issue where it is something else.
    pub(crate) fn offset(&mut self, object: &mut Object<'d>, name: &str) -> Option<u32> {
        let value = object.take(name)?;
        let offset = value.integer();
        if offset.is_none() {
            let found = clip(value.source());
            self.warn(
                object,
                value,
                format_args!("“{name}”: expected an offset, found {found}; taken as if it were not there"),
            );
        }
        offset
    }

    /// The text of a value that is one.
    pub(crate) fn decode(&mut self, value: Json<'d>) -> Option<&'d str> {
        let (text, lone) = value.text()?;
        if lone {
            let message = "half of a UTF-16 surrogate pair stands alone, which is no character; it was read as U+FFFD";
            self.report(Severity::Warning, value, format_args!("{message}"));
        }
        Some(text)
    }

    /// A field that is text; `None` where it is not there, and with an issue where it is no text.
    pub(crate) fn optional(&mut self, object: &mut Object<'d>, name: &str, instead: &str) -> Option<&'d str> {
        let value = object.take(name)?;
        if value.kind() != Kind::Text {
            self.wrong(object, name, value, "text", instead);
            return None;
        }
        self.decode(value)
    }

    /// A field that is text and should be there; `None` with an issue where it is not.
    pub(crate) fn required(&mut self, object: &mut Object<'d>, name: &str, instead: &str) -> Option<&'d str> {
        if !object.has(name) {
            self.missing(object, name, instead);
            return None;
        }
        self.optional(object, name, instead)
    }

    /// A moment that should be there; the unknown one with an issue where it is not.
    pub(crate) fn moment(&mut self, object: &mut Object<'d>, name: &str) -> Timestamp {
        const INSTEAD: &str = "the time counts as unknown";
        let value = object.peek(name);
        let Some(text) = self.required(object, name, INSTEAD) else {
            return Timestamp::unknown();
        };
        if let Some(moment) = Timestamp::parse(text) {
            return moment;
        }
        let completed = with_milliseconds(text).and_then(|text| Timestamp::parse(&text));
        let done = match &completed {
            Some(moment) => format!("read as {moment}"),
            None => INSTEAD.to_owned(),
        };
        let message =
            format_args!("“{name}” is “{}”, expected a form like 2031-03-14T09:26:53.589Z; {done}", clip(text));
        self.warn(object, value, message);
        completed.unwrap_or_else(Timestamp::unknown)
    }

    /// A moment that may be there, in any form of RFC 3339 that is in UTC; `None` where it is not there, the unknown one
    /// with an issue where it is in no such form.
    pub(crate) fn moment_if_any(&mut self, object: &mut Object<'d>, name: &str) -> Option<Timestamp> {
        if !object.has(name) || object.peek(name).kind() == Kind::Null {
            object.take(name);
            return None;
        }
        let text = object.peek(name).text().map_or("", |(text, _)| text);
        let utc = text.strip_suffix("+00:00").map(|text| format!("{text}Z"));
        match with_milliseconds(utc.as_deref().unwrap_or(text)).and_then(|text| Timestamp::parse(&text)) {
            Some(moment) => {
                object.take(name);
                Some(moment)
            }
            None => Some(self.moment(object, name)),
        }
    }

    /// What is still there: the fields of a newer version.
    pub(crate) fn rest(&mut self, object: Object<'d>) -> Kept {
        let Object { what, fields, .. } = object;
        let mut rest = Kept::default();
        for (name, value) in fields.into_iter().flatten() {
            match value.compact(limits::DEPTH) {
                Some(value) => rest.put(name, &value),
                None => {
                    let message = format_args!(
                        "{what}: the unknown field “{}” is cut off, nests too deep or holds half a character; \
                         it was left out",
                        clip(name),
                    );
                    self.report(Severity::Warning, value, message);
                }
            }
        }
        rest
    }

    /// The same as kept on a type of the model.
    pub(crate) fn extra(&mut self, object: Object<'d>) -> Extra {
        self.rest(object).extra()
    }

    /// Says that a field has the wrong type.
    pub(crate) fn wrong(&mut self, object: &Object<'d>, name: &str, value: Json<'d>, expected: &str, instead: &str) {
        let found = value.kind().words();
        self.warn(object, value, format_args!("“{name}”: expected {expected}, found {found}; {instead}"));
    }

    /// Says that a field has words that nothing here knows.
    pub(crate) fn unknown(&mut self, object: &Object<'d>, name: &str, value: Json<'d>, words: &str, instead: &str) {
        let words = clip(words);
        self.warn(object, value, format_args!("“{name}” is “{words}”, which is not known here; {instead}"));
    }

    /// Says that a field is not there.
    pub(crate) fn missing(&mut self, object: &Object<'d>, name: &str, instead: &str) {
        self.warn(object, object.at, format_args!("“{name}” is missing; {instead}"));
    }
}

fn place_of(document: &Document<'_>, byte: usize, lines_before: u32) -> Place {
    let Place { line, column } = document.place(byte);
    Place { line: line.saturating_add(lines_before), column }
}

/// Which fields have the name of a later one, each with the next of them.
fn repeated(fields: &[Field<'_>]) -> Vec<(usize, usize)> {
    let name = |at: usize| fields[at].as_ref().map(|(name, _)| name);
    if fields.len() <= MANY {
        let next = |at: usize| (at + 1..fields.len()).find(|&later| name(later) == name(at));
        return (0..fields.len()).filter_map(|at| Some((at, next(at)?))).collect();
    }
    let by_name = order(fields.len(), &|a, b| name(a).cmp(&name(b)));
    let pairs = by_name.windows(2).filter(|pair| name(pair[0]) == name(pair[1]));
    pairs.map(|pair| (pair[0], pair[1])).collect()
}

/// Fields that are kept as they are: those of an object of JSON on one line, without its braces.
#[derive(Clone, Default)]
pub(crate) struct Kept(String);

impl Kept {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a field with a value that is JSON on one line.
    pub(crate) fn put(&mut self, name: &str, json: &str) {
        let mut key = Writer::compact();
        key.text(name);
        self.append(&Self(format!("{}:{json}", key.finish())));
    }

    /// Adds a field with a list of values that are each JSON on one line, unless there are none.
    pub(crate) fn put_list(&mut self, name: &str, items: &[String]) {
        if !items.is_empty() {
            self.put(name, &format!("[{}]", items.join(",")));
        }
    }

    /// Adds a field that is text.
    pub(crate) fn put_text(&mut self, name: &str, text: &str) {
        let mut value = Writer::compact();
        value.text(text);
        self.put(name, &value.finish());
    }

    /// Adds a field with fields of its own, unless it has none.
    pub(crate) fn put_part(&mut self, name: &str, part: &Self) {
        if !part.is_empty() {
            self.put(name, &part.object());
        }
    }

    /// Adds other fields behind these.
    pub(crate) fn append(&mut self, other: &Self) {
        if !self.is_empty() && !other.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(&other.0);
    }

    /// The object.
    pub(crate) fn object(&self) -> String {
        format!("{{{}}}", self.0)
    }

    /// The object as kept on a type of the model.
    pub(crate) fn extra(&self) -> Extra {
        Extra::new(&self.object())
    }
}

/// The start of a text that may be long, for a message.
pub(crate) fn clip(text: &str) -> Cow<'_, str> {
    const LIMIT: usize = 60;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// A moment of RFC 3339 in UTC that has another number of decimals than three.
fn with_milliseconds(text: &str) -> Option<String> {
    const SECONDS: usize = "2031-03-14T09:26:53".len();
    let rest = text.get(SECONDS..)?.strip_suffix('Z')?;
    let decimals = if rest.is_empty() { rest } else { rest.strip_prefix('.')? };
    let three: String = decimals.chars().chain("000".chars()).take(3).collect();
    decimals.bytes().all(|b| b.is_ascii_digit()).then(|| format!("{}.{three}Z", &text[..SECONDS]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_get_three_decimals() {
        for (text, expected) in [
            ("2031-03-14T09:26:53Z", Some("2031-03-14T09:26:53.000Z")),
            ("2031-03-14T09:26:53.5Z", Some("2031-03-14T09:26:53.500Z")),
            ("2031-03-14T09:26:53.123456Z", Some("2031-03-14T09:26:53.123Z")),
            ("2031-03-14T09:26:53+01:00", None),
            ("2031-03-14T09:26:53.xZ", None),
            ("2031-03-14", None),
            ("2031-03-14T09:26:5👍Z", None),
        ] {
            assert_eq!(with_milliseconds(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn of_repeated_fields_the_last_counts_however_many_there_are() {
        for many in [1, 100] {
            let others: String = (0..many).map(|i| format!("\"f{i}\":0,")).collect();
            let source = format!("{{\"a\":1,{others}\"a\":2,\"f0\":3}}");
            let document = Document::parse(&source);
            let mut reader = Reader::new(&document, &|_| {});
            let mut object = reader.object(document.root().expect("an object"), "test", "").expect("an object");
            assert_eq!(object.take("a").and_then(Json::integer), Some(2));
            assert_eq!(object.take("f0").and_then(Json::integer), Some(3));
            assert_eq!(object.take("a").and_then(Json::integer), None);
            assert_eq!(reader.into_issues().len(), 2);
        }
    }
}
