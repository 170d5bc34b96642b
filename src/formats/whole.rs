//! A file that is one value of JSON, or several on lines of their own, whole or cut off.
//!
//! Nothing here knows what the value means.

use crate::formats::Severity;
use crate::formats::catalog::Refusal;
use crate::formats::fields::Reader;
use crate::formats::issues::Issues;
use crate::formats::json::{Document, Json};
use crate::formats::rows;

/// Calls back with the value of a file, or with that of each line, and what collects its issues; gives all issues
/// and how many annotations were set aside, or says why nothing can be read. Of a value that is cut off there is
/// what stands before the cut.
pub(crate) fn read(
    text: &str,
    progress: &dyn Fn(f64),
    take: &mut dyn for<'d> FnMut(&mut Reader<'d>, Json<'d>),
) -> Result<(Issues, usize), Refusal> {
    let document = Document::parse(text);
    let Some(root) = document.root() else {
        return rows::each(text, take);
    };
    if document.damage().is_some() && root.is_whole() {
        return rows::each(text, take);
    }
    let mut reader = Reader::new(&document, progress);
    if let Some(damage) = document.damage() {
        let expected = damage.expected;
        let message = format_args!(
            "the file is damaged: expected {expected} here; what stands before was read, the rest was left out"
        );
        reader.report_byte(Severity::Error, damage.at, message);
    }
    take(&mut reader, root);
    Ok(reader.give())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Issue;

    #[test]
    fn a_value_is_read_up_to_where_it_is_cut() {
        for (source, expected, issue) in [
            ("{\"a\":1}", vec!["{\"a\":1}"], None),
            ("{\"a\":1}\n{\"a\":2}", vec!["{\"a\":1}", "{\"a\":2}"], None),
            (
                "[1,\n2,",
                vec!["[1,\n2,"],
                Some(
                    "line 2, column 3: the file is damaged: expected a value here; what stands before was read, the rest was left out",
                ),
            ),
        ] {
            let mut seen = Vec::new();
            let found = read(source, &|_| {}, &mut |_, value| seen.push(value.source().to_owned()));
            let (issues, _) = found.unwrap_or_else(|why| panic!("{source}: {why}"));
            assert_eq!(seen, expected);
            let issues: Vec<_> = issues.into_vec().iter().map(Issue::to_string).collect();
            assert_eq!(issues, issue.into_iter().map(str::to_owned).collect::<Vec<_>>());
        }
        assert!(read("", &|_| {}, &mut |_, _| {}).is_err());
        assert!(read("so", &|_| {}, &mut |_, _| {}).is_err());
    }
}
