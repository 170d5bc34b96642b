//! All words that the page says, to the eye and to a screen reader, in one table.
//!
//! Short, plain, exact; the same thing has the same name everywhere: article, text, mark (what one
//! sees), annotation (the mark and what is said of it), label, note, project file.

#![allow(missing_docs)]

mod check;
mod exchange;
mod keeping;
mod limits;
mod pages;

pub use check::*;
pub use exchange::*;
pub use keeping::*;
pub use limits::*;
pub use pages::*;

pub const APP: &str = "Annotator";
/// What files say of where they were made.
pub const GENERATOR: &str = concat!("annotator ", env!("CARGO_PKG_VERSION"));
pub const ARTICLES: &str = "Articles";
pub const ARTICLE_TEXT: &str = "Article text";
pub const ANNOTATIONS: &str = "Annotations";
pub const ANNOTATION: &str = "Annotation";
pub const LABELS: &str = "Labels";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const HELP: &str = "Help";
pub const EXPORT: &str = "Export";
pub const CHECK: &str = "Check";
pub const SETTINGS: &str = "Settings";
pub const CLOSE: &str = "Close";
pub const CANCEL: &str = "Cancel";
pub const DELETE: &str = "Delete";
pub const DISMISS: &str = "Dismiss";
pub const DONE: &str = "Done";
pub const REMOVE: &str = "Remove";
pub const SHOW_LIST: &str = "Annotations";
pub const SHOW_CARD: &str = "Details of the mark";
pub const LABEL: &str = "Label";
pub const FILTER: &str = "Labels in the list";
pub const MORE: &str = "More";
pub const MESSAGE: &str = "Message";
pub const SKIP: &str = "Skip to the text";
pub const TEXT_HINT: &str = "Arrow keys move the caret, with Shift they select. Keys 1, 2 and 3 mark what is selected. Question mark lists all keys.";
pub const HELP_MAC: &str = "On a Mac, Ctrl is the Command key.";
pub const HELP_FILES: &str = "Opens texts, saved web pages, project files, JSON Lines, doccano, CSV, brat, Label Studio, CoNLL, CAS JSON, \
    W3C, Hypothesis: several at once, or in a zip. Export says what each keeps and loses.";
/// Keys at the foot of the page, with what they do.
pub const FOOT_KEYS: [(&str, &str); 3] = [("?", "keys"), ("/", "find"), ("N", "next mark")];

// The first visit and the empty states.
pub const HINT: &str = "Select some words, then press 1 for a quote, 2 for a claim, 3 for an entity.";
pub const HINT_TOUCH: &str = "Press and hold a word to select, then pick a label below.";
pub const NO_ARTICLES: &str = "No articles yet";
pub const NO_ARTICLES_MORE: &str =
    "Paste one, open texts or saved web pages, drop them anywhere on this page, or try a sample.";
pub const EMPTY_LIST: &str = "No annotations yet";
pub const EMPTY_LIST_MORE: &str = "Select words in the text, then pick a label.";
pub const NOTHING_MATCHES: &str = "No annotation matches.";
pub const LOADING: &str = "Opening…";

// Loading.
pub const PASTE_ARTICLE: &str = "Paste an article";
pub const PASTE_HERE: &str = "Paste the text here; it is taken as it is.";
pub const ADD_ARTICLE: &str = "Add article";
pub const OPEN_FILES: &str = "Open files";
pub const SAMPLES: &str = "Samples";
pub const SAMPLE_MISSING: &str = "The sample could not be fetched. Is the network there?";
pub const DROP_HERE: &str = "Drop texts, saved web pages or a project file";
pub const EMPTY_PASTE: &str = "There is no text in it. Copy an article, then paste it here.";
pub const ENCODING: &str = "Read as";
pub const CHANGE: &str = "Change";
pub const ENCODING_FIXED: &str = "The encoding can change only before the first mark.";
pub const ENCODING_CHANGED: &str = "Read in another encoding";
pub const ENCODING_NEEDS_FILE: &str =
    "The file's bytes are no longer at hand. Open the file again to read it otherwise.";
pub const SURROGATES: &str = "Half characters (lone surrogates) in the text were replaced by \u{fffd}.";

// Articles.
pub const ARTICLE_DETAILS: &str = "Article details";
pub const TITLE: &str = "Title";
pub const SOURCE: &str = "Source";
pub const DATE: &str = "Date";
pub const SAVE_DETAILS: &str = "Save details";
pub const DETAILS_CHANGED: &str = "Details changed";
pub const MARK_DONE: &str = "Call it done";
pub const MARK_NOT_DONE: &str = "Call it not done";
pub const LAST_CHANGE: &str = "Last change";
pub const DATE_FORM: &str = "2031-03-14";
pub const MARKED_DONE: &str = "Article done";
pub const MARKED_NOT_DONE: &str = "Article not done";
pub const LAST_ARTICLE: &str = "This is the last article.";
pub const FIRST_ARTICLE: &str = "This is the first article.";

// Marks.
pub const TAKE_MARK_FIRST: &str = "Select a mark first: N takes the next one.";
pub const ONLY_BLANKS: &str = "There are no words in it to mark.";
pub const NO_WORDS_IN_HAND: &str = "Select some words or a mark first.";
pub const ALL_MARKED: &str = "Every place of these words already bears this label.";
pub const NO_MARKS: &str = "There are no marks in this article yet.";
pub const LAST_MARK: &str = "This is the last mark.";
pub const FIRST_MARK: &str = "This is the first mark.";
pub const RESIZED: &str = "Mark resized";
pub const START_TAKEN: &str = "Start of the mark in hand. Arrows move it, Enter keeps it, Escape puts it back.";
pub const END_TAKEN: &str = "End of the mark in hand. Arrows move it, Enter keeps it, Escape puts it back.";
pub const EDGE_HERE: &str = "Tap or click the word where it is to be.";
pub const EDGE_BACK: &str = "The mark is as it was.";
pub const SELECTION_LEFT: &str = "Nothing selected";
pub const MARK_LEFT: &str = "No mark selected";
pub const NOTE: &str = "Note";
pub const NOTE_CHANGED: &str = "Note changed";
pub const ADD_NOTE: &str = "Add a note";
pub const FIND: &str = "Find in annotations";
pub const ALSO_HERE: &str = "Also here";
pub const TAKE_THIS: &str = "Go to this mark";
pub const ANCHORED: &str = "Found again by its words: its place in the file did not fit the text.";
pub const CUTS_CHARACTER: &str = "This mark cuts a character in two; it came like this from a file.";
pub const MOVE_START: &str = "Move start";
pub const MOVE_END: &str = "Move end";

// Settings.
pub const SNAP: &str = "Select whole words";
pub const SNAP_HINT: &str = "Hold Alt for single characters.";
pub const SNAP_ON: &str = "Selecting whole words";
pub const SNAP_OFF: &str = "Selecting single characters";
pub const SINGLE_KEYS: &str = "Single letters and digits are commands";
pub const SINGLE_KEYS_HINT: &str = "Switch off if they get in the way of a screen reader or of dictation.";
pub const SPOKEN_EDGES: &str = "Marks say where they start and end";
pub const SPOKEN_EDGES_HINT: &str = "Nothing to see; for whoever listens to the text.";
pub const ANNOTATOR: &str = "Annotator code";
pub const ANNOTATOR_HINT: &str = "Stands in exported files. A code is enough; it need not be a name.";
pub const ANNOTATOR_BAD: &str = "A code needs one to forty letters or digits.";
pub const KEEP: &str = "Keep";

// A new version.
pub const NEW_VERSION: &str = "A new version is ready.";
pub const UPDATE: &str = "Update";
pub const UPDATE_WAITS: &str = "The new version starts as soon as everything is saved.";

// Undo.
pub const NOTHING_TO_UNDO: &str = "There is nothing to undo.";
pub const NOTHING_TO_REDO: &str = "There is nothing to redo.";

pub fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(count)) }
}

/// A name and the keys that do the same, as a tooltip has them.
pub fn tip(name: &str, keys: &str) -> String {
    if keys.is_empty() { name.to_owned() } else { format!("{name} ({keys})") }
}

/// The tooltip of a label: what a press does, its keys, and when to use it.
pub fn label_tip(what: &str, place: usize, key: char, guideline: &str) -> String {
    format!("{what} ({place}, {})\n{guideline}", key.to_ascii_uppercase())
}

/// What a command is about, where there is something.
pub fn with_what(name: &str, what: Option<&str>) -> String {
    match what {
        Some(what) => format!("{name}: {what}"),
        None => name.to_owned(),
    }
}

pub fn with_count(name: &str, count: usize) -> String {
    format!("{name} ({})", grouped(count))
}

/// A button's name where many of its kind are on the page.
pub fn named(what: &str, name: &str) -> String {
    format!("{what}: {name}")
}

/// Short facts on one line; what is empty is left out.
pub fn joined<'a>(facts: impl IntoIterator<Item = &'a str>) -> String {
    let facts: Vec<&str> = facts.into_iter().map(str::trim).filter(|fact| !fact.is_empty()).collect();
    facts.join(" · ")
}

/// A label's name inside a sentence. Only the letters of English are made small: the tables for all the
/// others would weigh more than all these words.
pub fn small(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// Some words as a sentence of their own.
pub fn sentence(words: &str) -> String {
    let mut letters = words.trim().chars();
    let first: String = letters.next().map(|first| first.to_ascii_uppercase().to_string()).unwrap_or_default();
    let end = if words.trim_end().ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

pub fn text_of(article: &str) -> String {
    format!("{ARTICLE_TEXT}: {article}")
}

pub fn card_of(label: &str) -> String {
    format!("Selected mark: {label}")
}

/// What a press on a label above the list does.
pub fn listed(labels: &str, is_listed: bool) -> String {
    if is_listed { format!("Leave {labels} out of the list") } else { format!("Show {labels} in the list") }
}

/// A number with thin spaces between its thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

pub fn articles_added(count: usize) -> String {
    if count == 1 { "Article added".into() } else { format!("{count} articles added") }
}

pub fn article_removed(name: &str) -> String {
    format!("Removed “{}”", short(name))
}

pub fn opened(name: &str, annotations: usize) -> String {
    format!("{name}, {}", plural(annotations, "annotation", "annotations"))
}

pub fn annotator_changed(code: &str) -> String {
    format!("Annotating as {code}")
}

pub fn added(label: &str) -> String {
    format!("{label} added")
}

pub fn added_words(label: &str, words: usize) -> String {
    format!("{label} added, {}", plural(words, "word", "words"))
}

pub fn added_all(count: usize, label: &str, many: &str) -> String {
    added(&plural(count, &small(label), many))
}

/// The button that marks every place of some words.
pub fn mark_every(quotation: &str) -> String {
    ["Mark every “", quotation, "”"].concat()
}

/// What it does, with its key.
pub fn mark_every_tip(place: usize) -> String {
    format!("Mark every place of these words (Shift+{place})")
}

pub fn deleted(label: &str) -> String {
    format!("{label} deleted")
}

pub fn relabelled(label: &str) -> String {
    format!("Label changed to {label}")
}

pub fn already_there(label: &str) -> String {
    format!("{label} is already on exactly these words.")
}

pub fn attribute_set(value: Option<&str>) -> String {
    match value {
        Some(value) => format!("Set to {}", short(value)),
        None => "Taken back".into(),
    }
}

pub fn sticky(label: Option<&str>) -> String {
    match label {
        Some(label) => format!("{label} in hand: it goes on whatever you select. Escape puts it down."),
        None => "Label put down".into(),
    }
}

pub fn undone(title: &str) -> String {
    format!("Undone: {title}")
}

pub fn redone(title: &str) -> String {
    format!("Done again: {title}")
}

pub fn page_title(article: &str) -> String {
    if article.is_empty() { APP.to_owned() } else { format!("{} – {APP}", short(article)) }
}

pub fn selected(quotation: &str, words: usize) -> String {
    format!("{} selected, {}", spoken(quotation), plural(words, "word", "words"))
}

pub fn taken(label: &str, quotation: &str, values: &[&str], note: &str, below: usize) -> String {
    let mut out = format!("{label}: {}", spoken(quotation));
    for value in values {
        out.push_str(", ");
        out.push_str(value);
    }
    if !note.is_empty() {
        out.push_str(". Note: ");
        out.push_str(note);
    }
    if below > 0 {
        out.push_str(&format!(". {} more here, Tab takes the next.", below));
    }
    out
}

pub fn caret_at(here: &str, labels: &[String]) -> String {
    if labels.is_empty() { here.to_owned() } else { format!("{here}, in {}", small(&labels.join(", "))) }
}

pub fn edge_at(word: &str) -> String {
    spoken(word)
}

/// What is spoken where a mark starts, and where it ends.
pub fn edges(label: &str) -> [String; 2] {
    [[label, " starts"].concat(), [label, " ends"].concat()]
}

/// A description of a mark for a screen reader that meets it while reading.
pub fn described(label: &str, values: &[&str], note: &str) -> String {
    let mut out = label.to_owned();
    for value in values {
        out.push_str(", ");
        out.push_str(value);
    }
    if !note.is_empty() {
        out.push_str(". Note: ");
        out.push_str(note);
    }
    out
}

pub fn marks_as(label: &str) -> String {
    format!("Mark as {}", small(label))
}

pub fn hold(label: &str) -> String {
    format!("Hold {} for what is selected next", small(label))
}

pub fn paragraph(at: usize, of: usize) -> String {
    format!("Paragraph {} of {}", grouped(at), grouped(of))
}

pub fn found_of(shown: usize, all: usize) -> String {
    if shown == all {
        plural(all, "annotation", "annotations")
    } else {
        format!("{} of {}", grouped(shown), plural(all, "annotation", "annotations"))
    }
}

pub fn read_as(encoding: &str) -> String {
    format!("Read as {encoding}")
}

/// What a screen reader is given for a piece of text: white space and long stretches made plain.
pub fn spoken(text: &str) -> String {
    match text {
        " " => return "space".into(),
        "\n" | "\r\n" | "\r" => return "line end".into(),
        "\t" => return "tab".into(),
        "\u{a0}" => return "no-break space".into(),
        "\u{200b}" => return "zero-width space".into(),
        "" => return "end of text".into(),
        _ => {}
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 40 {
        format!("{} … {}", words[..20].join(" "), words[words.len() - 10..].join(" "))
    } else {
        words.join(" ")
    }
}

/// The start of a name, where all of it would be too long.
pub fn short(name: &str) -> String {
    match name.char_indices().nth(48) {
        Some((byte, _)) => format!("{}…", name[..byte].trim_end()),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1\u{202f}000"), (1_234_567, "1\u{202f}234\u{202f}567")]
        {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(plural(1, "word", "words"), "1 word");
        assert_eq!(plural(0, "word", "words"), "0 words");
    }
}
