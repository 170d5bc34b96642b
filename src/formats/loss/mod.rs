//! What of the work a format can't hold: found out, counted and named before anything is written.
//!
//! A format says with [`Holds`] what it can hold. [`fit`](fit::fit) makes of a workspace what is left of it in
//! that format, in one part or several, and counts on the way what is not. A writer gets only such a part, so
//! that what the report says and what the file holds can't differ. Nothing here writes.

pub mod fit;
mod said;

pub use fit::{Part, fit};

/// What a format can hold.
///
/// Every field says what comes back when a file is written and read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// Articles and annotations keep their ids. Articles without are told apart by their texts.
    pub ids: bool,
    /// The text of the articles, and not only that of the annotations.
    pub texts: bool,
    /// Articles without annotations.
    pub unmarked: bool,
    /// Articles without a single character.
    pub empty: bool,
    /// Characters that XML 1.0 forbids.
    pub controls: bool,
    /// What is known of an article: some of `title`, `source`, `date`, `byline`, `extractor`, `encoding`, `done`.
    pub fields: &'static [&'static str],
    /// Whose annotations they are.
    pub annotators: Annotators,
    /// Annotations that share a character.
    pub overlap: Overlap,
    /// Annotations that begin or end inside a word.
    pub words: Words,
    /// Whether all readers of the format count offsets alike.
    pub offsets: Offsets,
    /// White space and control characters at the edges of annotations.
    pub edges: bool,
    /// Annotations over a line break.
    pub breaks: bool,
    /// Attributes of annotations.
    pub attributes: bool,
    /// Links between annotations.
    pub links: Links,
    /// Notes.
    pub notes: bool,
    /// Whether a person stands behind an annotation.
    pub status: bool,
    /// When annotations were made and changed.
    pub times: bool,
    /// How annotations were made.
    pub origin: bool,
    /// Which pieces are one annotation that is interrupted.
    pub fragments: bool,
    /// Names, colours, keys and guidelines of labels.
    pub scheme: bool,
    /// Fields that nothing here knows.
    pub extra: Unknown,
}

/// How several annotators are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Annotators {
    /// Side by side.
    Held,
    /// Each in a file of their own, whose name says whose it is.
    Each,
    /// Only the one at work.
    Own,
}

/// How overlap is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// As it is.
    Held,
    /// It is written, but readers of the format may pass over it.
    Doubtful,
    /// Each label has a file of its own; within it the outermost is kept.
    PerLabel,
    /// The outermost is kept, of two that cross the first.
    Outermost,
}

/// How offsets are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offsets {
    /// Everybody counts the same.
    Sure,
    /// Some count code points and some UTF-16 units.
    Doubtful,
}

/// What becomes of annotations that cut a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// They are held.
    Held,
    /// They are written, but readers of the format may pass over them.
    Doubtful,
    /// They are widened to whole words.
    Widened,
}

/// Which links are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// All.
    Held,
    /// Those between annotations in the same file by the same annotator.
    Inside,
    /// None.
    Lost,
}

/// Which unknown fields are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// All.
    Held,
    /// Those on articles, annotations and links that came with a file of this very format.
    Own,
    /// Those on articles that came with a file of this very format.
    OwnOfArticles,
    /// Those on annotations that came with a file of this very format.
    OwnOfAnnotations,
    /// None.
    Lost,
}

impl Holds {
    /// All there is.
    pub const EVERYTHING: Self = Self {
        ids: true,
        texts: true,
        unmarked: true,
        empty: true,
        controls: true,
        fields: &["title", "source", "date", "byline", "extractor", "encoding", "done"],
        annotators: Annotators::Held,
        overlap: Overlap::Held,
        words: Words::Held,
        offsets: Offsets::Sure,
        edges: true,
        breaks: true,
        attributes: true,
        links: Links::Held,
        notes: true,
        status: true,
        times: true,
        origin: true,
        fragments: true,
        scheme: true,
        extra: Unknown::Held,
    };

    /// Texts, and labels on any span of them, overlapping or not; nothing else.
    pub const SPANS: Self = Self {
        ids: false,
        texts: true,
        unmarked: true,
        empty: true,
        controls: true,
        fields: &[],
        annotators: Annotators::Each,
        overlap: Overlap::Held,
        words: Words::Held,
        offsets: Offsets::Sure,
        edges: true,
        breaks: true,
        attributes: false,
        links: Links::Lost,
        notes: false,
        status: false,
        times: false,
        origin: false,
        fragments: false,
        scheme: false,
        extra: Unknown::Lost,
    };
}

/// What a line of the report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Texts of articles.
    Texts,
    /// Articles without annotations.
    Unmarked,
    /// Articles without a single character.
    Empty,
    /// Articles with the very text of another.
    Twins,
    /// Characters that XML 1.0 forbids.
    Controls,
    /// What is known of articles.
    Fields,
    /// Annotators.
    Annotators,
    /// Annotations that overlap.
    Overlap,
    /// Annotations that cut a word.
    Words,
    /// Annotations behind a character that UTF-16 counts twice.
    Offsets,
    /// Annotations that begin or end with white space or a control character.
    Edges,
    /// Annotations over a line break.
    Breaks,
    /// Links.
    Links,
    /// Attributes.
    Attributes,
    /// Notes.
    Notes,
    /// Annotations that nobody has confirmed yet.
    Status,
    /// Times of annotations.
    Times,
    /// How annotations were made.
    Origin,
    /// Pieces of interrupted annotations.
    Fragments,
    /// Ids of articles and annotations.
    Ids,
    /// Labels with what is said of them.
    Scheme,
    /// Fields that nothing here knows.
    Extra,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is not written.
    LeftOut,
    /// It is written otherwise than it is.
    Changed,
    /// It is written to several files.
    Split,
    /// It is written, but readers may pass over it.
    Doubtful,
}

/// A line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub aspect: Aspect,
    /// What becomes of it.
    pub fate: Fate,
    /// How many there are; never none.
    pub count: usize,
    /// The first of them, for example.
    pub example: String,
    /// What of the options can change this.
    pub choice: Option<&'static str>,
}

/// The report: what of the work is not in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// In the order of [`Aspect`].
    pub lines: Vec<Line>,
}

impl Loss {
    /// Whether everything is held.
    pub fn is_none(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many of an aspect are affected.
    pub fn count(&self, aspect: Aspect) -> usize {
        self.lines.iter().filter(|line| line.aspect == aspect).map(|line| line.count).sum()
    }

    /// Counts one more.
    fn add(&mut self, aspect: Aspect, fate: Fate, example: impl FnOnce() -> String) {
        self.add_many(aspect, fate, 1, example);
    }

    /// Counts some more.
    fn add_many(&mut self, aspect: Aspect, fate: Fate, count: usize, example: impl FnOnce() -> String) {
        if count == 0 {
            return;
        }
        match self.lines.binary_search_by(|line| (line.aspect, line.fate).cmp(&(aspect, fate))) {
            Ok(at) => self.lines[at].count += count,
            Err(at) => self.lines.insert(at, Line { aspect, fate, count, example: example(), choice: aspect.choice() }),
        }
    }
}
