//! What is said of files: saving and opening them, what is in them, and when the work was last saved to one.

use super::{grouped, plural};

pub const EXPORT_ONE: &str = "This article";
pub const EXPORT_ALL: &str = "All articles";
pub const EXPORT_HINT: &str =
    "A project file (JSON) holds the text, the labels and every annotation. It opens here again, complete.";
pub const SCHEMA_LINK: &str = "Description of the format (JSON Schema)";
pub const READING: &str = "Reading a project file";
pub const IMPORT: &str = "Import";
pub const IMPORTED: &str = "File imported";
pub const IMPORT_TITLE: &str = "Import a project file";
pub const IMPORT_NOTHING_CHANGED: &str = "Nothing is changed until you press Import.";
pub const OR: &str = "or";
pub const NOTHING_READ: &str = "There is nothing in this file that could be taken over.";
pub const NOTHING_TO_IMPORT: &str = "Everything in this file is already here.";
pub const UNREADABLE_MANY: &str = "These files can't be opened";
pub const ONE_PROJECT: &str = "Project files are imported one at a time.";
pub const UNREADABLE: &str = "This file can't be opened";
pub const NOTHING_WAS_CHANGED: &str = "Nothing was changed.";
pub const NEVER_FILED: &str = "Never saved to a file";
pub const FILED: &str = "Last saved to a file:";
pub const REMINDER: &str = "Save to a file";
pub const OWN_FILE: &str = "Keep in one file…";
pub const SAVE_NOW: &str = "Save now";
pub const OTHER_FILE: &str = "Another file…";
pub const OWN_FILE_HINT: &str = "You choose a file once, and Ctrl+S saves everything to it from then on.";

/// What came with a file.
pub fn imported(articles: usize, annotations: usize) -> String {
    let counts = [(articles, "article", "articles"), (annotations, "annotation", "annotations")];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, one, many)| plural(count, one, many)).collect();
    [IMPORTED, &counts.join(", ")].join(": ")
}

pub fn import_articles(count: usize) -> String {
    plural(count, "article to add", "articles to add")
}

pub fn import_copied(count: usize) -> String {
    plural(
        count,
        "of them differs from the one here and comes as a copy",
        "of them differ from the ones here and come as copies",
    )
}

pub fn import_merged(count: usize) -> String {
    plural(count, "article that is already here", "articles that are already here")
}

pub fn import_labels(count: usize) -> String {
    plural(count, "label to add", "labels to add")
}

pub fn import_annotations(count: usize) -> String {
    plural(count, "annotation to add", "annotations to add")
}

pub fn import_moved(count: usize) -> String {
    plural(count, "annotation found again by its words", "annotations found again by their words")
}

pub fn import_already(count: usize) -> String {
    plural(count, "annotation that is already here", "annotations that are already here")
}

pub fn import_different(count: usize) -> String {
    plural(
        count,
        "annotation that differs from the one here, which stays",
        "annotations that differ from those here, which stay",
    )
}

pub fn import_set_aside(count: usize) -> String {
    plural(count, "annotation that can’t be taken over", "annotations that can’t be taken over")
}

/// The heading of a group of issues.
pub fn issues(severity: crate::formats::Severity, count: usize) -> String {
    use crate::formats::Severity;
    match severity {
        Severity::Error => plural(count, "thing could not be taken over", "things could not be taken over"),
        Severity::Warning => {
            plural(count, "thing was repaired or could not be checked", "things were repaired or could not be checked")
        }
        Severity::Note => plural(count, "thing to know", "things to know"),
    }
}

pub fn and_more(count: usize) -> String {
    format!("and {} more", grouped(count))
}

pub fn cant_open(files: usize) -> &'static str {
    if files == 1 { UNREADABLE } else { UNREADABLE_MANY }
}

pub fn others_opened(opened: usize) -> String {
    match opened {
        0 => NOTHING_WAS_CHANGED.to_owned(),
        1 => "The other file was opened.".to_owned(),
        many => format!("The {many} other files were opened."),
    }
}

pub fn saved_file(name: &str) -> String {
    format!("Saved {name}")
}

/// That much work is in this browser alone.
pub fn reminder(changes: u32) -> String {
    let changes = plural(changes as usize, "change is", "changes are");
    format!("Your last {changes} in this browser only.")
}

/// What Ctrl+S does where a file was chosen.
pub fn goes_to(file: &str) -> String {
    format!("Ctrl+S saves everything to {file}.")
}

pub fn file_forbidden(name: &str) -> String {
    format!("The browser was not allowed to write {name}. Press Ctrl+S to be asked again.")
}

pub fn file_not_written(name: &str) -> String {
    format!("{name} could not be written. Is it still there? Export offers a new file.")
}
