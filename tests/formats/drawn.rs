//! What came of a fixture, drawn so that it can be compared at a glance.

use crate::law;
use annotator::formats::catalog;
use annotator::formats::file::InFile;
use annotator::formats::{Issue, Reading};
use annotator::model::*;

/// Reads a fixture, whose format must be found out right.
pub fn read(name: &str, text: &str, format: &str, here: &Workspace) -> Reading {
    read_with(name, text, format, here, &[])
}

/// The same with something chosen.
pub fn read_with(name: &str, text: &str, format: &str, here: &Workspace, chosen: &[(&str, &str)]) -> Reading {
    let file = InFile::new(name, text);
    assert_eq!(catalog::detect(&file).map(|found| found.id), Some(format), "{name}");
    law::read(&[file], chosen, here).pop().expect("a reading")
}

/// A line for each annotation: annotator, label and words, then links, attributes and the rest where there are any.
pub fn annotations(reading: &Reading) -> Vec<String> {
    let mut drawn = Vec::new();
    for (key, annotations) in &reading.sheets {
        let article = reading.articles.iter().find(|article| article.id == key.article).expect("its article");
        let words = |id: &AnnotationId| {
            annotations.iter().find(|a| a.id == *id).map_or("?", |a| article.text.slice(a.span)).to_owned()
        };
        for a in annotations {
            let mut line = format!("{} {}: {}", key.annotator, a.label, article.text.slice(a.span));
            a.links
                .iter()
                .for_each(|link| line += &format!(" | {} → {}{}", link.kind, words(&link.to), link.extra.as_json()));
            a.attributes.iter().for_each(|(id, value)| line += &format!(" | {id} = {value}"));
            if !a.note.is_empty() {
                line += &format!(" | note {}", a.note);
            }
            if a.status == Status::Proposed {
                line += " | proposed";
            }
            if !a.extra.is_empty() {
                line += &format!(" | {}", a.extra.as_json());
            }
            drawn.push(line);
        }
    }
    drawn
}

/// The issues as a person sees them.
pub fn issues(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(Issue::to_string).collect()
}

/// The files that a workspace is written to, as one text.
pub fn written(workspace: &Workspace, format: &str, chosen: &[(&str, &str)]) -> String {
    let format = catalog::by_id(format).expect("a format");
    let files = law::write(format, workspace, &law::options(format, chosen));
    files.into_iter().map(|file| file.text).collect()
}
