//! What the page shows at the moment: which article, what is selected, which dialog is open.
//!
//! Nothing here is an article's data, nothing here is undone, and only the preferences are kept.

use crate::exchange::Found;
use crate::formats::Plan;
use crate::model::{AnnotationId, ArticleId, LabelId};
use crate::state::check::Check;
use crate::state::export::Export;
use crate::state::page::WebPage;
use crate::text::{Offset, Span};
use std::rc::Rc;

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Which of the two screens.
    pub screen: Screen,
    /// The article in hand, shown or not.
    pub open: Option<ArticleId>,
    /// The caret or the selected words of the open article.
    pub selection: Selection,
    /// Whether a pointer is still drawing the selection or a mark's edge.
    pub dragging: bool,
    /// The selected annotation.
    pub active: Option<AnnotationId>,
    /// All annotations where the selected one was taken, the shortest first.
    pub stack: Rc<[AnnotationId]>,
    /// The edge of the selected annotation that is being moved.
    pub resize: Option<Resize>,
    /// The label that goes on whatever is selected next.
    pub sticky: Option<LabelId>,
    /// The label that Enter applies.
    pub last_label: Option<LabelId>,
    /// What the side list shows.
    pub filter: Filter,
    /// The dialog on top of the page.
    pub dialog: Option<Dialog>,
    /// What was last looked for in the annotations of an article.
    pub check: Option<Rc<Check>>,
    /// A message that passes.
    pub toast: Option<Toast>,
    /// Whether the marks are hidden for reading.
    pub marks_hidden: bool,
    /// Whether the side list is open as a sheet, on a narrow screen.
    pub list_open: bool,
}

/// One of the two screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The list of articles.
    #[default]
    Articles,
    /// One article, its marks and their list.
    Article,
}

/// The caret (an empty span) or the selected words, in code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where selecting began, as it was given.
    pub anchor: Offset,
    /// Where it has got to, as it was given.
    pub focus: Offset,
    /// What is taken: the two, widened to whole graphemes or words.
    pub span: Span,
}

impl Selection {
    /// A caret and nothing selected.
    pub fn caret(at: Offset) -> Self {
        Self { anchor: at, focus: at, span: Span::at(at) }
    }

    /// Whether nothing is selected.
    pub fn is_caret(self) -> bool {
        self.span.is_empty()
    }
}

/// One end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first code point.
    Start,
    /// Behind its last.
    End,
}

/// An edge on the move. The annotation itself changes only when it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resize {
    /// Whose edge.
    pub id: AnnotationId,
    /// Which one.
    pub edge: Edge,
    /// The span as it would become.
    pub span: Span,
    /// Whether the next click says where the edge is to be.
    pub by_click: bool,
}

/// What the side list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Labels that are left out.
    pub hidden: Vec<LabelId>,
    /// Words that the quotation, the note or an attribute must contain.
    pub query: Rc<str>,
}

/// A dialog on top of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// Every command and its key.
    Help,
    /// A place to paste an article.
    Paste {
        /// Whether there was nothing in it to add.
        refused: bool,
    },
    /// Title, source and date of an article.
    Details(ArticleId),
    /// What to save as a file, and in which format.
    Export(Rc<Export>),
    /// What is likely a slip in the annotations.
    Check,
    /// How much of large files has been read; closing it ends the reading.
    Reading {
        /// The name of the file, or of the first of them.
        file: Rc<str>,
        /// From 0 to 100.
        percent: u8,
    },
    /// What an import would do.
    Import(Rc<ImportPreview>),
    /// Saved web pages, and what of each would be taken.
    Pages(Rc<Vec<WebPage>>),
    /// Which files could not be read.
    Unreadable {
        /// Each with why.
        refused: Rc<[(String, String)]>,
        /// How many others were opened.
        opened: usize,
    },
    /// One clear question before everything goes.
    Erase,
    /// Snapping, single keys, the annotator's code.
    Settings,
}

/// An import that waits for the person's word.
#[derive(Debug, PartialEq)]
pub struct ImportPreview {
    /// The files that it came from.
    pub files: Vec<Found>,
    /// What it would do.
    pub plan: Rc<Plan>,
}

impl ImportPreview {
    /// Whether the file held nothing that could be taken over, new or already here.
    pub fn is_empty(&self) -> bool {
        let summary = &self.plan.summary;
        let is_here = summary.already_here + summary.different_here > 0;
        let has_article = summary.articles_merged > 0 && summary.set_aside == 0;
        self.plan.changes.is_empty() && !is_here && !has_article
    }
}

/// A message that passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What happened.
    pub text: Rc<str>,
    /// Whether it offers to undo it.
    pub undo: bool,
}

/// How the person likes to work; kept, not undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Whether selections widen to whole words.
    pub snap: bool,
    /// Whether single letters and digits are commands.
    pub single_keys: bool,
    /// Whether screen readers speak where marks start and end.
    pub spoken_edges: bool,
    /// Whether the one line of hints was dismissed.
    pub hints_seen: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { snap: true, single_keys: true, spoken_edges: false, hints_seen: false }
    }
}
