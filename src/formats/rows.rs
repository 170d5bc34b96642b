//! JSON Lines: one value a line. A file that is a single list of such values is taken alike.
//!
//! Only a line feed ends a line (JSON Lines 1.0), as any other break may stand inside a text. A line that is no
//! JSON is passed over with an issue. Nothing here knows what a row means.

use crate::formats::Severity;
use crate::formats::catalog::Refusal;
use crate::formats::fields::Reader;
use crate::formats::issues::Issues;
use crate::formats::json::{Document, Json, Kind};

/// Calls back with every row of a file and what collects its issues; gives all issues and how many annotations were
/// set aside, or says why there is not a single row.
pub(crate) fn each(
    text: &str,
    take: &mut dyn for<'d> FnMut(&mut Reader<'d>, Json<'d>),
) -> Result<(Issues, usize), Refusal> {
    let whole = Document::parse(text);
    if let Some(root) = whole.root().filter(|_| whole.damage().is_none()) {
        let mut reader = Reader::new(&whole, &|_| {});
        match root.kind() {
            Kind::List if !is_tuple(root) => root.items().for_each(|row| take(&mut reader, row)),
            _ => take(&mut reader, root),
        }
        return Ok(reader.give());
    }
    drop(whole);
    let (mut issues, mut set_aside) = (Issues::default(), 0);
    let (mut rows, mut first) = (0, None);
    for (number, line) in text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let document = Document::parse(line);
        let mut reader = Reader::of_line(&document, u32::try_from(number).unwrap_or(u32::MAX));
        match (document.root(), document.damage()) {
            (Some(root), None) => {
                rows += 1;
                take(&mut reader, root);
            }
            (_, damage) => {
                let (at, expected) = damage.map_or((0, "a value"), |damage| (damage.at, damage.expected));
                let message = format_args!("the line is no JSON: expected {expected} here; it was passed over");
                reader.report_byte(Severity::Error, at, message);
                first = first.or_else(|| Some((reader.place_of_byte(at), expected)));
            }
        }
        let (found, aside) = reader.give();
        issues.append(found);
        set_aside += aside;
    }
    match first {
        Some((place, expected)) if rows == 0 => {
            Err(Refusal { place: Some(place), message: format!("no line of it is JSON: expected {expected} here") })
        }
        _ if rows == 0 => Err(Refusal::new("the file is empty")),
        _ => Ok((issues, set_aside)),
    }
}

/// The source of the first row of a file, for telling what format it is of.
pub(crate) fn first(text: &str) -> Option<String> {
    let start = text.trim_start();
    let line = start.split('\n').next()?;
    let is_row = |source: &str| {
        let document = Document::parse(source);
        document.damage().is_none() && document.root().is_some_and(|root| root.kind() != Kind::List || is_tuple(root))
    };
    if is_row(line) {
        return Some(line.to_owned());
    }
    let whole = Document::parse(text);
    let root = whole.root()?;
    match root.kind() {
        Kind::List => root.items().find(|item| item.is_whole()).map(|item| item.source().to_owned()),
        Kind::Object if root.is_whole() => Some(root.source().to_owned()),
        _ => None,
    }
}

/// Whether a list is a row by itself: a text and something about it.
fn is_tuple(list: Json<'_>) -> bool {
    let kinds: Vec<_> = list.items().map(Json::kind).take(3).collect();
    kinds == [Kind::Text, Kind::Object]
}

/// Whether a value is an object with a field, for telling what format it is of.
pub(crate) fn has(object: Json<'_>, name: &str) -> bool {
    object.fields().any(|(key, _)| key.text().is_some_and(|(key, _)| key == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Issue;

    /// The rows of a source, and the issues.
    fn rows(source: &str) -> Result<(Vec<String>, Vec<String>), String> {
        let mut rows = Vec::new();
        let issues = each(source, &mut |reader, row| {
            let place = reader.place(row);
            rows.push(format!("{}:{} {}", place.line, place.column, row.source()));
        });
        let (issues, _) = issues.map_err(|refusal| refusal.to_string())?;
        Ok((rows, issues.into_vec().iter().map(Issue::to_string).collect()))
    }

    #[test]
    fn every_line_is_a_row() {
        let wrong = "line 2, column 5: the line is no JSON: expected a value here; it was passed over";
        for (source, expected, issues) in [
            ("{\"a\":1}\n{\"a\":2}\r\n\n", vec!["1:1 {\"a\":1}", "2:1 {\"a\":2}"], vec![]),
            ("[1,\n 2]", vec!["1:2 1", "2:2 2"], vec![]),
            ("{\"a\":\n3}", vec!["1:1 {\"a\":\n3}"], vec![]),
            ("{}\n\"a\u{2028}b\"\n", vec!["1:1 {}", "2:1 \"a\u{2028}b\""], vec![]),
            ("1\n [1,,\n3", vec!["1:1 1", "3:1 3"], vec![wrong]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
            let issues: Vec<_> = issues.into_iter().map(str::to_owned).collect();
            assert_eq!(rows(source), Ok((expected, issues)), "{source:?}");
        }
        assert_eq!(rows("\n"), Err("the file is empty".into()));
        assert_eq!(rows("x\ny"), Err("line 1, column 1: no line of it is JSON: expected a value here".into()));
    }

    #[test]
    fn the_first_row_tells_what_a_file_is() {
        for (source, expected) in [
            ("\n{\"a\":1}\n{", Some("{\"a\":1}")),
            ("[{\"a\":1},{\"b\":2}]", Some("{\"a\":1}")),
            ("[\n {\"a\":1},\n {", Some("{\"a\":1}")),
            ("[\"Hi\", {}]", Some("[\"Hi\", {}]")),
            ("{\n\"a\": 1\n}", Some("{\n\"a\": 1\n}")),
            ("{\"a\"", None),
            ("", None),
        ] {
            assert_eq!(first(source).as_deref(), expected, "{source}");
        }
    }
}
