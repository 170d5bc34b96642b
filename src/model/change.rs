//! A change as data: what was there before and what is there after.
//!
//! The same value is applied, inverted for undo, stored in the log and replayed. A change holds
//! whole objects, which are shared and small; a text is only ever referred to.

use crate::model::sheet::Edit;
use crate::model::{Annotation, AnnotatorCode, Article, Extra, LabelScheme, SheetKey, Workspace};
use std::rc::Rc;

/// One object before and after. `None` before is an addition, `None` after a removal.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An article was loaded, corrected or removed. Its sheets stay.
    Article {
        /// As it was.
        before: Option<Rc<Article>>,
        /// As it is.
        after: Option<Rc<Article>>,
    },
    /// An annotation was made, changed or deleted.
    Annotation {
        /// On which sheet.
        sheet: SheetKey,
        /// As it was.
        before: Option<Rc<Annotation>>,
        /// As it is.
        after: Option<Rc<Annotation>>,
    },
    /// The label scheme was edited.
    Scheme {
        /// As it was.
        before: Rc<LabelScheme>,
        /// As it is.
        after: Rc<LabelScheme>,
    },
    /// Another annotator took over.
    Annotator {
        /// Who it was.
        before: AnnotatorCode,
        /// Who it is.
        after: AnnotatorCode,
    },
    /// Fields of a newer version came with a project file.
    Extra {
        /// As they were.
        before: Extra,
        /// As they are.
        after: Extra,
    },
}

impl Change {
    /// The sheet that it changes.
    pub fn sheet(&self) -> Option<&SheetKey> {
        match self {
            Self::Annotation { sheet, .. } => Some(sheet),
            _ => None,
        }
    }

    /// What it does to a sheet.
    pub fn edit(&self) -> Option<Edit<'_>> {
        match self {
            Self::Annotation { before, after, .. } => Some((before.as_ref(), after.as_ref())),
            _ => None,
        }
    }

    /// The change that takes this one back.
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Article { before, after } => Self::Article { before: after, after: before },
            Self::Annotation { sheet, before, after } => Self::Annotation { sheet, before: after, after: before },
            Self::Scheme { before, after } => Self::Scheme { before: after, after: before },
            Self::Annotator { before, after } => Self::Annotator { before: after, after: before },
            Self::Extra { before, after } => Self::Extra { before: after, after: before },
        }
    }

    fn is_inverse(&self, other: &Self) -> bool {
        match (self, other) {
            // There may be thousands of these, mostly the very same objects.
            (
                Self::Annotation { sheet, before, after },
                Self::Annotation { sheet: same_sheet, before: then, after: now },
            ) => sheet == same_sheet && same(before, now) && same(after, then),
            _ => self.inverse() == *other,
        }
    }

    /// Whether the workspace holds what the change says was there before.
    pub fn fits(&self, workspace: &Workspace) -> bool {
        match self {
            Self::Article { before, after } => match before.as_ref().or(after.as_ref()) {
                // When one of its annotations was changed, the article bears another time.
                Some(article) => match (before, workspace.article(&article.id)) {
                    (Some(before), Some(here)) => before.is_but_for_time(here),
                    (before, here) => before.is_none() && here.is_none(),
                },
                None => true,
            },
            Self::Annotation { sheet, before, after } => match before.as_ref().or(after.as_ref()) {
                Some(annotation) => workspace.sheet(sheet).and_then(|s| s.get(&annotation.id)) == before.as_ref(),
                None => true,
            },
            Self::Scheme { before, .. } => workspace.scheme() == before,
            Self::Annotator { before, .. } => workspace.annotator() == before,
            Self::Extra { before, .. } => workspace.extra == *before,
        }
    }
}

/// Equal, and quick to tell where both are one object.
fn same(one: &Option<Rc<Annotation>>, other: &Option<Rc<Annotation>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other) || one == other,
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// The changes that take `changes` back, last first.
pub fn inverse(changes: &[Change]) -> Vec<Change> {
    changes.iter().rev().map(Change::inverse).collect()
}

/// Whether `second` takes `first` back.
pub fn cancel(first: &[Change], second: &[Change]) -> bool {
    first.len() == second.len() && first.iter().rev().zip(second).all(|(first, second)| first.is_inverse(second))
}

/// Whether changes fit a workspace, each after those before it.
pub fn fit(changes: &[Change], workspace: &Workspace) -> bool {
    let mut after = workspace.clone();
    changes.iter().all(|change| {
        let fits = change.fits(&after);
        after.apply(change);
        fits
    })
}
