//! What the page says of keeping things: why something is not saved, and what became of what was.

use super::plural;

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
