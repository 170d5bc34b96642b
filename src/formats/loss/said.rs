//! How the report of what is lost is said.

use crate::formats::loss::{Annotators, Aspect, Fate, Holds, Line, Links, Loss, Overlap, Unknown};
use crate::formats::options;
use std::fmt;

impl Aspect {
    /// The option that changes what becomes of it, in formats that have it.
    pub(super) fn choice(self) -> Option<&'static str> {
        match self {
            Self::Annotators => Some(options::ANNOTATORS.id),
            Self::Overlap => Some(options::OVERLAP.id),
            Self::Words => Some(options::WORDS.id),
            Self::Offsets => Some(options::UNIT.id),
            Self::Links => Some(options::RELATIONS),
            _ => None,
        }
    }

    /// One of it and several.
    fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Texts => ("text of an article", "texts of articles"),
            Self::Unmarked => ("article without annotations", "articles without annotations"),
            Self::Empty => ("article without a text", "articles without a text"),
            Self::Twins => ("article with the text of another", "articles with the text of another"),
            Self::Controls => ("character that XML forbids", "characters that XML forbids"),
            Self::Fields => ("fact about an article", "facts about articles"),
            Self::Annotators => ("annotator", "annotators"),
            Self::Overlap => ("annotation that overlaps another", "annotations that overlap others"),
            Self::Words => ("annotation that cuts a word", "annotations that cut a word"),
            Self::Offsets => ("annotation behind an emoji or the like", "annotations behind an emoji or the like"),
            Self::Edges => ("annotation with white space at an edge", "annotations with white space at an edge"),
            Self::Breaks => ("annotation over a line break", "annotations over a line break"),
            Self::Links => ("link", "links"),
            Self::Attributes => ("attribute", "attributes"),
            Self::Notes => ("note", "notes"),
            Self::Status => ("proposed annotation", "proposed annotations"),
            Self::Times => ("pair of times of an annotation", "pairs of times of annotations"),
            Self::Origin => ("origin of an annotation", "origins of annotations"),
            Self::Fragments => ("piece of an interrupted annotation", "pieces of interrupted annotations"),
            Self::Ids => ("id", "ids"),
            Self::Scheme => ("label's colour, key and guideline", "labels' colours, keys and guidelines"),
            Self::Extra => ("thing with fields of other programs", "things with fields of other programs"),
        }
    }

    /// What is said of it where it is not left out.
    fn otherwise(self, fate: Fate, one: bool) -> &'static str {
        match (self, fate, one) {
            (Self::Annotators, Fate::Split, _) => "in a file for each; only its name says whose it is",
            (Self::Overlap, Fate::Split, _) => "in a file for each label",
            (Self::Words, Fate::Changed, true) => "is widened to whole words",
            (Self::Words, Fate::Changed, false) => "are widened to whole words",
            (Self::Twins, ..) => "written, but read again as one with it",
            (Self::Controls, ..) => "written as U+FFFD",
            (Self::Offsets, ..) => "written, but programs that count otherwise see other words there",
            (Self::Edges, Fate::Changed, true) => "is narrowed to its words",
            (Self::Edges, Fate::Changed, false) => "are narrowed to their words",
            (Self::Status, _, true) => "counts as confirmed",
            (Self::Status, _, false) => "count as confirmed",
            (Self::Fragments, ..) => "as annotations of their own",
            (Self::Ids, ..) => "made anew",
            (_, Fate::Doubtful, _) => "written, but some programs pass over such",
            (_, Fate::Changed, _) => "written in another way",
            (_, Fate::Split, _) => "in several files",
            (_, Fate::LeftOut, true) => "is left out",
            (_, Fate::LeftOut, false) => "are left out",
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = self.count == 1;
        let (noun, nouns) = self.aspect.nouns();
        let noun = if one { noun } else { nouns };
        let end = self.aspect.otherwise(self.fate, one);
        let colon =
            if end.starts_with("is ") || end.starts_with("are ") || end.starts_with("count") { "" } else { ":" };
        write!(f, "{} {noun}{colon} {end}", self.count)?;
        if !self.example.is_empty() {
            write!(f, " (first: {})", self.example)?;
        }
        Ok(())
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

impl Holds {
    /// What comes back from a file, as words for a help page.
    pub fn kept(&self) -> Vec<&'static str> {
        self.said().into_iter().filter(|(_, held)| *held).map(|(words, _)| words).collect()
    }

    /// What does not.
    pub fn lost(&self) -> Vec<&'static str> {
        self.said().into_iter().filter(|(_, held)| !*held).map(|(words, _)| words).collect()
    }

    fn said(&self) -> Vec<(&'static str, bool)> {
        vec![
            ("texts", self.texts),
            ("articles without annotations", self.unmarked),
            ("title, source and date", ["title", "source", "date"].iter().all(|name| self.fields.contains(name))),
            ("byline", self.fields.contains(&"byline")),
            ("several annotators in one file", self.annotators == Annotators::Held),
            ("overlap", matches!(self.overlap, Overlap::Held | Overlap::Doubtful)),
            ("white space at the edges of an annotation", self.edges),
            ("line breaks inside an annotation", self.breaks),
            ("attributes", self.attributes),
            ("links", self.links != Links::Lost),
            ("notes", self.notes),
            ("status", self.status),
            ("times", self.times),
            ("ids", self.ids),
            ("colours, keys and guidelines of labels", self.scheme),
            ("unknown fields of its own files", self.extra != Unknown::Lost),
        ]
    }
}
