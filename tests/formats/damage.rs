//! Files of every format broken at random: whatever is in them, reading ends, and what it gives holds together.

use crate::drawn::written;
use crate::law::check;
use crate::make::{any_workspace, moment, small};
use annotator::formats::catalog::{Context, FORMATS};
use annotator::formats::file::InFile;
use annotator::formats::options::Options;
use annotator::model::Workspace;
use proptest::prelude::*;

/// Reads a text as every format there is.
fn read_as_all(text: &str, here: &Workspace) {
    let file = InFile::new("file", text);
    annotator::formats::catalog::detect(&file);
    for format in FORMATS {
        let Some(reads) = &format.reads else { continue };
        let options = Options::of(reads.options);
        let context = Context { here, taken: &[], now: &moment(50), options: &options, progress: &|_| {} };
        // One and several files, since a format may take more than one.
        for files in [vec![&file], vec![&file, &file], vec![]] {
            if let Ok(reading) = (reads.read)(&files, &context) {
                check(&reading);
            }
        }
    }
}

/// A change of a text.
fn broken(text: &str, at: prop::sample::Index, much: usize, by: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = at.index(chars.len().max(1));
    let end = (at + much).min(chars.len());
    chars[..at].iter().copied().chain(by.chars()).chain(chars[end..].iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_broken_file_is_read_as_far_as_it_goes(
        workspace in prop_oneof![Just(small()), any_workspace()],
        format in prop::sample::select(vec![
            "project", "jsonl", "doccano", "csv", "brat", "label-studio", "conll", "cas-json", "w3c", "hypothesis",
        ]),
        breaks in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..4usize, r#"[\[\]{},:;"\\0-9\t\r\n \-a-f👍]{0,6}|null|99999999999|-1|\PC{0,3}"#),
            1..6,
        ),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut text = written(&workspace, format, &[]);
        for (at, much, by) in &breaks {
            text = broken(&text, *at, *much, by);
        }
        if let Some(cut) = cut {
            let cut = cut.index(text.len() + 1);
            text.truncate(text.floor_char_boundary(cut));
        }
        read_as_all(&text, &workspace);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}|[\\[\\]{}\",:;0-9a-z \r\n\t]{0,80}") {
        read_as_all(&text, &small());
    }
}
