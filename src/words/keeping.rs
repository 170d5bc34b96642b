//! What is said of keeping the work: in this browser, and where the page stands on weaker ground.

use super::plural;

pub const SAVED: &str = "Saved";
pub const SAVING: &str = "Saving…";
pub const NOT_SAVED: &str = "Not saved";
pub const DOWNLOAD_ALL: &str = "Save all to a file";
pub const ERASE: &str = "Erase everything here";
/// Leads to the question.
pub const ERASE_ASK: &str = "Erase everything here…";
/// Does it.
pub const ERASE_DO: &str = "Erase everything";
pub const ERASE_QUESTION: &str = "Erase everything here?";
pub const ERASE_MORE: &str =
    "All articles, annotations, notes and the undo history go from this browser, for good. Files you saved stay.";
pub const ERASED: &str = "Everything was erased.";

// Why something is not saved; each goes on after "Not saved: ".
pub const UNANSWERED: &str = "the browser's database does not answer. It is waited for";
pub const NO_ROOM: &str =
    "there is no room left, on the disk or in what the browser allows this page. It is tried again";
pub const DATABASE_FAILED: &str = "the browser's database does not answer";
pub const NO_STORE: &str =
    "this browser keeps nothing for this page, as in a private window or with storage switched off";
pub const NEWER_STORE: &str =
    "this workspace was written by a newer version of the app. Reload the page to get that version";

// What became of what was kept.
pub const NOTICE: &str = "What became of your work";
pub const RESTORED: &str = "The browser had lost one of the two copies of your work. It was made again from the other one; nothing is missing.";
pub const RESCUED: &str =
    "The browser had lost what was kept here while this page was open. It was saved again; nothing is missing.";
pub const SAVE_ASIDE: &str = "Save the damaged records to a file";
pub const ASIDE_FILE: &str = "annotator-damaged-records.json";
pub const OVERTAKEN: &str = "Another tab changed the same thing first. Your last change to it was not made.";
pub const IMPORT_OVERTAKEN: &str = "Another tab has changed something meanwhile. Open the file again.";

// Files, and an app that broke.
pub const FILE_NOT_SAVED: &str = "The browser did not take the file. Try again, or try another browser.";
pub const FILE_UNREADABLE: &str = "The browser could not read it. Is it still where it was?";
pub const EMPTY_FILE: &str = "There is no text in it.";
pub const BROKEN: &str = "Something in the app broke";
pub const BROKEN_MORE: &str =
    "What was saved is safe, and a reload brings it back. To be sure, save your work to a file first.";
pub const RELOAD: &str = "Reload";

/// A trap of the place that the page was opened from.
#[derive(Debug, PartialEq)]
pub struct Trap {
    /// In a few words.
    pub short: &'static str,
    /// What it is, and what helps.
    pub long: &'static str,
    /// What to know on a first visit, which it may have made of a later one.
    pub first: Option<&'static str>,
}
pub const TIED_TO_FILE: Trap = Trap {
    short: "Your work is tied to this file's place",
    long: "This browser ties your work to the name and folder of this file. Moved or renamed, it starts empty; put back, it has everything again. Before you move it, save your work to a file.",
    first: Some("Did you move or rename this file? Put it back, and your work is there again."),
};
pub const SHARED_BY_FILES: Trap = Trap {
    short: "Other HTML files can see your work",
    long: "This browser keeps one store for all HTML files on this computer: each can see and change your work. Open only those you trust, and save your work to a file now and then.",
    first: None,
};
pub const NOT_SECURE: Trap = Trap {
    short: "This address is not secure",
    long: "At an address without https this page needs the network to open, and some browsers keep both copies of your work in one place. Save your work to a file now and then.",
    first: None,
};

/// The words of a note whose mark went while they were written.
pub fn note_left_over(note: &str) -> String {
    format!("This note was not kept, since its mark is no longer here: “{}”", note.trim())
}

pub fn folded(steps: usize) -> String {
    format!("The history grew long. Undo now reaches back {}.", plural(steps, "step", "steps"))
}

pub fn not_saved(reason: &str) -> String {
    format!("Not saved: {}.", reason.trim_end_matches('.'))
}

pub fn not_erased(reason: &str) -> String {
    format!("the browser could not erase everything ({reason}). Close other tabs of this page and try again")
}

/// Why only one of the two copies is written.
pub fn second_copy(reason: &str) -> String {
    format!("only one of the two copies can be written ({})", reason.trim_end_matches('.'))
}

/// All was lost.
pub fn gone(articles: u64) -> String {
    let what = match articles {
        0 => "what was kept here".to_owned(),
        _ => format!("{} with all annotations", plural(articles as usize, "article", "articles")),
    };
    format!("This browser has deleted your work: {what}. If you saved a file, open it to go on from there.")
}

pub fn mended(count: usize) -> String {
    let records = plural(count, "damaged record was", "damaged records were");
    format!("{records} made good from the second copy; nothing is missing.")
}

pub fn missing(count: u64) -> String {
    let changes = plural(count as usize, "change is", "changes are");
    format!("{changes} missing, lost by the browser. If you have a file that you saved, open it.")
}

pub fn damaged(count: usize) -> String {
    let records = plural(count, "record is", "records are");
    format!("{records} damaged and can’t be read; nothing was thrown away. Everything else is here.")
}

pub fn foreign(count: usize) -> String {
    let records = plural(count, "record was", "records were");
    format!("{records} of another workspace and set aside.")
}
