//! Files of one work with a label each, as they are written where annotations of several labels would overlap.
//!
//! They name nobody, and are read together as what one person did. That they are of one work is told by their names,
//! which are the same but for the label that each file has: `work.a1-claim.jsonl` with `work.a1-quote.jsonl`, but not
//! with `work.b2-quote.jsonl`. Nothing here knows a format.

use crate::formats::draft::label_id;
use crate::formats::file::InFile;
use crate::formats::project::name::slug;

/// The name of a file for the label with a name, without that label; `None` of others.
pub(super) fn work(file: &InFile, label: &str) -> Option<String> {
    let label = slug(label_id(label)?.as_str(), "part");
    let stem = file.path_stem().to_ascii_lowercase();
    // Labels whose names are alike are numbered.
    let plain = stem.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('-').unwrap_or_default();
    let work = stem.strip_suffix(&*label).or_else(|| plain.strip_suffix(&*label))?;
    (work.is_empty() || work.ends_with(['.', '-', '_', '/', '\\'])).then(|| format!("{work}.{}", file.extension()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_is_what_is_left_of_the_name() {
        for (name, label, expected) in [
            ("work.quote.conll", "quote", Some("work..conll")),
            ("work.a1-quote.conll", "quote", Some("work.a1-.conll")),
            ("out/a1-loaded-phrase.jsonl", "Loaded phrase", Some("out/a1-.jsonl")),
            ("out/PER.jsonl", "PER", Some("out/.jsonl")),
            ("PER-2.JSONL", "per", Some(".jsonl")),
            ("work.50-25.jsonl", "50%", Some("work..jsonl")),
            ("unquote.jsonl", "quote", None),
            ("work.jsonl", "quote", None),
            ("work.quote-b.jsonl", "quote", None),
            ("work.part.jsonl", "", None),
        ] {
            assert_eq!(work(&InFile::new(name, ""), label).as_deref(), expected, "{name}");
        }
    }
}
