//! What is said of limits: in the help, and where something meets one. Each message says what to do next.
//!
//! The numbers are those of [`crate::limits`], written out, since words that are put together weigh more; a test
//! holds them together.

/// In the help.
pub const LIMITS: &str = "Limits";
/// What fits, a sentence for each thing.
pub const LIMITS_OF: [&str; 6] = [
    "A file has up to 64 MB.",
    "An article has up to 10\u{202f}000\u{202f}000 characters in 200\u{202f}000 lines.",
    "There is room for 5\u{202f}000 articles.",
    "An article has up to 200\u{202f}000 annotations, and so has a project file.",
    "A web page has up to 200\u{202f}000 elements.",
    "A note has up to 100\u{202f}000 characters, a title 1\u{202f}000.",
];

pub const FILE_TOO_LARGE: &str = "It is larger than 64 MB, the most that fits here. Split it.";
pub const ARTICLE_TOO_LONG: &str =
    "It is longer than an article may be: 10\u{202f}000\u{202f}000 characters in 200\u{202f}000 lines. Split it.";
pub const PAGE_TOO_LARGE: &str = "It has more than 200\u{202f}000 elements, the most that fit. Paste its text instead.";
pub const TOO_MANY_ARTICLES: &str =
    "There is room for 5\u{202f}000 articles. Save some to a file and remove them, then go on.";
pub const TOO_MANY_ANNOTATIONS: &str = "An article has up to 200\u{202f}000 annotations. Nothing was added.";
pub const NOTE_TOO_LONG: &str = "Only the first 100\u{202f}000 characters fit here and are kept.";
pub const LINE_TOO_LONG: &str = "Only the first 1\u{202f}000 characters fit here and are kept.";
/// Where a workspace changed between the look at a file and the word to import it.
pub const CHANGED_MEANWHILE: &str =
    "What is here changed meanwhile, so nothing was imported. Open the file again to see what it would change.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;
    use crate::words::grouped;

    #[test]
    fn the_words_have_the_numbers_of_the_limits() {
        let file = format!("{} MB", limits::FILE_BYTES >> 20);
        for (words, number) in [
            (LIMITS_OF[0], file.clone()),
            (LIMITS_OF[1], format!("{} characters", grouped(limits::TEXT))),
            (LIMITS_OF[1], format!("{} lines", grouped(limits::LINES))),
            (LIMITS_OF[2], format!("{} articles", grouped(limits::ARTICLES))),
            (LIMITS_OF[3], format!("{} annotations", grouped(limits::ANNOTATIONS))),
            (LIMITS_OF[4], format!("{} elements", grouped(limits::ELEMENTS))),
            (PAGE_TOO_LARGE, format!("{} elements", grouped(limits::ELEMENTS))),
            (LIMITS_OF[5], format!("{} characters", grouped(limits::NOTE))),
            (LIMITS_OF[5], format!("title {}", grouped(limits::NAME))),
            (FILE_TOO_LARGE, file),
            (ARTICLE_TOO_LONG, format!("{} characters", grouped(limits::TEXT))),
            (ARTICLE_TOO_LONG, format!("{} lines", grouped(limits::LINES))),
            (TOO_MANY_ARTICLES, format!("{} articles", grouped(limits::ARTICLES))),
            (TOO_MANY_ANNOTATIONS, format!("{} annotations", grouped(limits::ANNOTATIONS))),
            (NOTE_TOO_LONG, format!("first {} characters", grouped(limits::NOTE))),
            (LINE_TOO_LONG, format!("first {} characters", grouped(limits::NAME))),
        ] {
            assert!(words.contains(&number), "no “{number}” in “{words}”");
        }
    }
}
