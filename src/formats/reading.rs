//! What comes of reading a file, whatever its format: what could be read, and what is to be said of it.
//!
//! Planning an import, its preview and its undo know nothing but this. Nothing here reads or changes anything.

use crate::formats::Issue;
use crate::model::{Annotation, AnnotatorCode, Article, Extra, LabelScheme, SheetKey};
use std::rc::Rc;

/// What could be read of a file, whatever its format.
///
/// Every annotation's quotation in the file is the text at its span, unless an issue says that the file
/// had none.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The articles in the order of the file; no two have the same id, equal texts are shared.
    pub articles: Vec<Rc<Article>>,
    /// The label scheme; `None` where the file had none that could be used. A foreign file's is the one it was
    /// read against, with the labels added that it did not know.
    pub scheme: Option<LabelScheme>,
    /// The annotators in the order of the file, the one at work first; empty where it names nobody.
    pub annotators: Vec<AnnotatorCode>,
    /// The sheets in the order of the file, each of one of the articles. No two annotations of one
    /// have the same id, or the same label on the same span.
    pub sheets: Vec<(SheetKey, Vec<Rc<Annotation>>)>,
    /// Fields at the top, and of sheets and annotators, that nothing here knows.
    pub extra: Extra,
    /// What was wrong with the file and what was done about it.
    pub issues: Vec<Issue>,
    /// How many annotations there were and what became of them.
    pub counts: Counts,
}

impl Reading {
    /// The sheets of which the file does not say whose they are.
    pub fn nobodys(&self) -> impl Iterator<Item = SheetKey> {
        let keys = self.sheets.iter().map(|(key, _)| key);
        keys.filter(|key| !self.annotators.contains(&key.annotator)).cloned()
    }
}

/// Annotations of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many were found.
    pub read: usize,
    /// How many can be taken over, the moved ones among them.
    pub kept: usize,
    /// How many did not stand where their code points say.
    pub moved: usize,
    /// How many can't be taken over; each has an issue, or its sheet has.
    pub set_aside: usize,
}
