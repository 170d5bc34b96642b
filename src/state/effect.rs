//! What the browser layer is asked to do after a change of state. Data, so that the machine stays
//! pure and tests can read it.

use crate::model::ArticleId;
use crate::model::record::Entry;
use crate::state::pending::Pending;
use crate::text::{Offset, Span};
use std::rc::Rc;

/// A request to the browser layer.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append an entry to the log.
    Persist(Rc<Entry>),
    /// This waits for the log now, in place of all that did.
    Requeue(Pending),
    /// Draw the marks again that touch these spans of the open article.
    Repaint(Vec<Span>),
    /// Draw the open article anew.
    Show,
    /// Bring a span into view.
    Reveal(Span),
    /// Bring the caret into view.
    RevealCaret(Offset),
    /// Put the keyboard's focus somewhere.
    Focus(Target),
    /// Let a screen reader say this.
    Announce(Rc<str>),
    /// Keep the preferences.
    KeepPreferences,
    /// Offer a project file of one article, or of all.
    SaveFile(Option<ArticleId>),
    /// Find out what can be written, and what the choice in the dialog comes to.
    Look,
    /// Find out what is likely a slip in the article of that dialog.
    Lint,
    /// Have that written, and offer it as a file.
    WriteOut,
    /// Put a project file of one article, or of all, on the clipboard.
    CopyFile(Option<ArticleId>),
    /// Put a text on the clipboard.
    CopyText(Rc<str>),
    /// Save everything to the file that was chosen for that.
    WriteFile,
    /// Keep what is known of files.
    KeepFiled,
    /// Erase the store and start again.
    Erase,
    /// Start again with the new version of the app.
    Update,
}

impl Effect {
    /// What a screen reader is to say.
    pub fn announced(&mut self) -> Option<&mut Rc<str>> {
        match self {
            Self::Announce(words) => Some(words),
            _ => None,
        }
    }
}

/// Where the focus can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The text of the article.
    Text,
    /// The card of the selected annotation.
    Card,
    /// The note of the selected annotation.
    Note,
    /// The side of the text.
    Side,
    /// The search field of the side list.
    Search,
    /// The finding that one is at.
    Finding,
}
