//! What is said of saved web pages: in the dialog before one is taken, and of files that are none to be taken.

use super::{grouped, plural};

pub const WEB_PAGE: &str = "Web page";
pub const WEB_PAGES: &str = "Web pages";
pub const BYLINE: &str = "Byline";
pub const EXTRACTED_BY: &str = "Taken by";
pub const MAIN_TEXT: &str = "Main text";
pub const WHOLE_TEXT: &str = "All text";
pub const WHAT_TO_TAKE: &str = "What to take";
pub const PAGE_TEXT: &str = "Text of the page";
pub const LEFT_OUT: &str = "Left out";
pub const TAKE: &str = "Take";
pub const NO_MAIN_TEXT: &str = "The main text could not be told from the rest, so all text is taken.";
pub const PAGE_EMPTY: &str =
    "There is no text in this page. Where it is made of frames, open the files that came with it.";
pub const PAGE_OWN: &str = "This is the annotator itself, not an article.";
pub const PAGE_REPORT: &str =
    "This is a report that the annotator wrote. Open the project file that the work was saved to.";
pub const PAGE_ARCHIVE: &str = "This is a web archive. In the browser, save the page as HTML only, and open that file.";

/// How much of a page is taken.
pub fn taken_and_left(taken: usize, left: usize) -> String {
    let taken = plural(taken, "word", "words");
    if left == 0 { format!("{taken}, nothing left out") } else { format!("{taken}, {} left out", grouped(left)) }
}
