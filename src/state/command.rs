//! Everything that can be asked of the machine, by pointer, key, file, store or program.

use crate::formats::Plan;
use crate::keep::Findings;
use crate::model::{AnnotationId, AnnotatorCode, ArticleId, AttributeId, LabelId, Timestamp, WriterId};
use crate::state::Update;
use crate::state::check::Checking;
use crate::state::export::Exporting;
use crate::state::filed::{Filed, SavedFile};
use crate::state::pending::News;
use crate::state::view::{Dialog, Edge, Preferences};
use crate::text::{Offset, Span, Text};
use std::rc::Rc;

/// What the machine may not make itself: the moment, and the first half of ids.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// Now.
    pub now: Timestamp,
    /// Who mints ids here.
    pub writer: WriterId,
}

/// An article that arrives.
#[derive(Clone, Debug, PartialEq)]
pub struct NewArticle {
    /// Its text.
    pub text: Rc<Text>,
    /// Its title where the text shows none, such as a file's name; may be empty.
    pub fallback_title: String,
    /// The encoding that its bytes were read as; empty where it was pasted.
    pub encoding: String,
}

/// A step of the caret that needs no layout. Steps by line are found by the browser layer, which
/// sends [`Command::CaretTo`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the previous grapheme.
    CharBack,
    /// To the next grapheme.
    CharForward,
    /// To the start of this word or the one before.
    WordBack,
    /// To the end of this word or the next.
    WordForward,
    /// To the start of this paragraph or the one before.
    BlockBack,
    /// To the start of the next paragraph.
    BlockForward,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
}

/// A request. Offsets and spans are code points of the open article.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Bring in articles; the first of them is opened.
    Load(Vec<NewArticle>),
    /// Take all text of one of the web pages in the dialog (true), by its place there, or its main text.
    TakeWhole(usize, bool),
    /// Bring in the web pages in the dialog as articles.
    TakePages,
    /// Read the bytes of an article again in another encoding; only before its first mark.
    Reload(ArticleId, Rc<Text>, String),
    /// Show an article.
    Open(ArticleId),
    /// Show the article after (true) or before (false) the open one.
    OpenNext(bool),
    /// Show the list of articles.
    ShowArticles,
    /// Correct what is known of an article: title, source, date.
    Correct(ArticleId, String, String, String),
    /// Call an article done, or not.
    SetDone(ArticleId, bool),
    /// Take an article out of the workspace.
    Remove(ArticleId),

    /// A pointer draws or has drawn a selection.
    Select {
        /// Where it began.
        anchor: Offset,
        /// Where it is.
        focus: Offset,
        /// Take graphemes even where snapping to words is on.
        raw: bool,
        /// Whether the pointer has let go.
        finished: bool,
    },
    /// Select exactly this: a word, a sentence, everything.
    SelectSpan(Span),
    /// Put the caret somewhere, or extend the selection to there.
    CaretTo(Offset, bool),
    /// Move the caret, or the edge in hand; `extend` grows the selection, `raw` by graphemes.
    Move {
        /// Where to.
        motion: Motion,
        /// Whether the selection grows.
        extend: bool,
        /// Graphemes even where snapping is on.
        raw: bool,
    },
    /// A click on the text: take the smallest mark there, or set the caret. `again` says that it is
    /// a later click on the same spot, which takes the next mark there.
    Click(Offset, bool),

    /// Put a label on the selection or, without one, on the selected annotation.
    Label(LabelId),
    /// Put a label on every place in the text where the words of the selection stand or, without one, those
    /// of the selected annotation.
    LabelAll(LabelId),
    /// Put the last label on the selection.
    LabelAgain,
    /// Mark a span directly, for programs.
    Annotate(LabelId, Span),
    /// Keep a label at hand for whatever is selected next, or put it down.
    Stick(Option<LabelId>),
    /// Select an annotation, or none, and show where it is.
    Activate(Option<AnnotationId>),
    /// Select the next (true) or previous (false) annotation in text order.
    ActivateNext(bool),
    /// Select the next (true) or previous (false) of the annotations at the same place.
    ActivateBeneath(bool),
    /// Delete the selected annotation.
    Delete,
    /// Say or unsay something of an annotation.
    SetAttribute(AnnotationId, AttributeId, Option<Rc<str>>),
    /// Set the note of an annotation; `continues` belongs to the typing before it.
    SetNote {
        /// Whose note.
        id: AnnotationId,
        /// The whole note.
        note: Rc<str>,
        /// Whether undo takes it back together with the entry before.
        continues: bool,
    },
    /// Something is not saved yet of which the state has not heard: words that are being typed, which come with
    /// [`Command::SetNote`], or what one of the copies lacks.
    Unsaved,
    /// Take hold of an edge of the selected annotation.
    TakeEdge(Edge),
    /// The same, and have the next click put it in its place.
    PlaceEdge(Edge),
    /// Move the edge in hand to an offset; `raw` by graphemes.
    MoveEdge(Offset, bool),
    /// Let go of the edge and keep it where it is.
    KeepEdge,
    /// Leave what is in hand: the edge, the selection, the label, the annotation, in this order.
    Escape,

    /// Take back the last change.
    Undo,
    /// Do again what was taken back.
    Redo,

    /// Show or hide a label in the side list.
    ToggleLabel(LabelId),
    /// Show only what contains these words in the side list.
    Search(Rc<str>),
    /// Go back to the text; closes the side list on a narrow screen.
    FocusText,
    /// Go to the search field of the side list.
    FocusSearch,
    /// Go to the card of the selected annotation.
    FocusCard,
    /// Go to the note of the selected annotation.
    FocusNote,
    /// Open or close the side list on a narrow screen.
    ShowList(bool),
    /// Hide the marks, or show them again.
    HideMarks(bool),
    /// Open a dialog.
    ShowDialog(Dialog),
    /// Close the dialog.
    CloseDialog,
    /// Say something that passes.
    Say(Rc<str>),
    /// Take the passing message away.
    DismissToast,
    /// Change how the person likes to work.
    Prefer(Preferences),
    /// A new version of the app is there, is wanted, or is not to be spoken of now.
    Update(Update),
    /// Annotate under another code.
    SetAnnotator(AnnotatorCode),

    /// Carry out an import.
    Import(Rc<Plan>),
    /// Something happens to the dialog for saving in one format or another.
    Exporting(Exporting),
    /// Something happens to the dialog for what is likely a slip.
    Checking(Checking),
    /// Save one article (or all) as a project file.
    Export(Option<ArticleId>),
    /// Save everything to the file that was chosen for that, or ask where to.
    Save,
    /// A file was saved.
    FileSaved(Rc<SavedFile>),
    /// Another tab has saved a file.
    FiledElsewhere(Filed),
    /// The page comes back into sight.
    Return,
    /// Take the reminder away.
    DismissReminder,
    /// Erase everything here.
    Erase,

    /// What was found in the store, and how many damaged records stand aside there.
    Found(Rc<Findings>, usize),
    /// Take the notice of that away.
    DismissNotice,
    /// Take in what others wrote to the log.
    Follow(Rc<News>),
    /// The store has committed all it was given.
    Stored,
    /// The store could not commit; why.
    NotStored(Rc<str>),
    /// Older entries were folded away; undo now reaches back this many steps.
    Folded(usize),
}
