//! What is said of files: saving and opening them, what is in them, and when the work was last saved to one.

use super::{grouped, plural};

pub const EXPORT_ONE: &str = "This article";
pub const EXPORT_ALL: &str = "All articles";
pub const PROJECT_FILE: &str = "Project file";
pub const PROJECT_ABOUT: &str = "Everything: it opens here again, complete";
pub const PROJECT_HINT: &str = "It holds the text, the labels and every annotation.";
pub const FORMAT: &str = "Format";
pub const WRITING: &str = "Writing…";
pub const SAVE: &str = "Save";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "The browser did not take it. Save a file instead.";
pub const LOSSES: &str = "What changes or is left out";
pub const NO_LOSSES: &str = "Nothing is lost: this file holds all of it.";
pub const HEAD: &str = "How it begins";
pub const LOOKING: &str = "Looking at your work…";
pub const FORMATS_COME: &str = "Further formats are on their way…";
pub const NO_DESK: &str = "A part of the app could not be loaded. Is the network there?";
pub const CHANGES_IT: &str = "An option above changes this.";
pub const SCHEMA_LINK: &str = "Description of the format (JSON Schema)";
pub const READING: &str = "Reading files";
pub const IMPORT: &str = "Import";
pub const IMPORTED: &str = "File imported";
pub const IMPORT_TITLE: &str = "Import";
pub const IMPORT_NOTHING_CHANGED: &str = "Nothing is changed until you press Import.";
pub const OR: &str = "or";
pub const NOTHING_READ: &str = "There is nothing in it that could be taken over.";
pub const NOTHING_TO_IMPORT: &str = "Everything in it is already here.";
pub const UNREADABLE_MANY: &str = "These files can't be opened";
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

/// What a file holds otherwise or not at all, for the ear.
pub fn losses(kinds: usize) -> String {
    match kinds {
        0 => NO_LOSSES.to_owned(),
        _ => [LOSSES, ": ", &plural(kinds, "kind of thing", "kinds of things")].concat(),
    }
}

/// Where there are several files.
pub fn files_in_zip(count: usize) -> String {
    format!("{} files, saved as one zip", grouped(count))
}

/// A size in the unit that people read.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

/// What comes back from files of a format, and what never does.
pub fn keeps(kept: &[String], lost: &[String]) -> String {
    match lost {
        [] => format!("This format keeps {}.", kept.join(", ")),
        _ => format!("This format keeps {}; it has no place for {}.", kept.join(", "), lost.join(", ")),
    }
}
