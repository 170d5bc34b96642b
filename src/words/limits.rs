//! What is said of limits: in the help, and where something meets one. Each message says what to do next.

use super::grouped;
use crate::limits;

/// In the help.
pub const LIMITS: &str = "Limits";

/// Where a workspace changed between the look at a file and the word to import it.
pub const CHANGED_MEANWHILE: &str =
    "What is here changed meanwhile, so nothing was imported. Open the file again to see what it would change.";

/// What fits, a sentence for each thing.
pub fn limits() -> [String; 5] {
    [
        format!("A file holds up to {} MB.", limits::FILE_BYTES >> 20),
        format!("An article has up to {} characters in {} lines.", grouped(limits::TEXT), grouped(limits::LINES)),
        format!("There is room for {} articles.", grouped(limits::ARTICLES)),
        format!("An article, and a project file, has up to {} annotations.", grouped(limits::ANNOTATIONS)),
        format!("A note has up to {} characters, a title {}.", grouped(limits::NOTE), grouped(limits::NAME)),
    ]
}

/// Of a file.
pub fn file_too_large() -> String {
    format!("It is larger than {} MB, the most that fits here. Split it.", limits::FILE_BYTES >> 20)
}

/// Of an article.
pub fn article_too_long() -> String {
    let (characters, lines) = (grouped(limits::TEXT), grouped(limits::LINES));
    format!("It is longer than an article may be: {characters} characters in {lines} lines. Split it.")
}

/// Of one article more.
pub fn too_many_articles() -> String {
    let most = grouped(limits::ARTICLES);
    format!("There is room for {most} articles. Save some to a file and remove them, then go on.")
}

/// Of annotations on one article.
pub fn too_many_annotations() -> String {
    format!("An article has up to {} annotations. Nothing was added.", grouped(limits::ANNOTATIONS))
}

/// Of words that were cut.
pub fn words_too_long(most: usize) -> String {
    format!("Only the first {} characters fit here and are kept.", grouped(most))
}
