//! An article: its text, which never changes, and what is known about it, which can be corrected.

use crate::model::{ArticleId, Extra, Timestamp};
use crate::text::Text;
use std::rc::Rc;

/// An article of the workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Unique across machines.
    pub id: ArticleId,
    /// The text as it was loaded; shared, since it is large and never changes.
    pub text: Rc<Text>,
    /// Its title; empty where none is known.
    pub title: String,
    /// Where it was published; empty where not known.
    pub source: String,
    /// When it was published, as `YYYY-MM-DD` or in other words; empty where not known.
    pub date: String,
    /// Who wrote it, as its page says; empty where not known.
    pub byline: String,
    /// What took its text out of a web page, with its version; empty where the text came as it is.
    pub extractor: String,
    /// The encoding that its bytes were read as; empty where it was pasted.
    pub encoding: String,
    /// Whether the annotator called it done.
    pub done: bool,
    /// When it was loaded.
    pub created: Timestamp,
    /// When it or one of its annotations was last changed.
    pub changed: Timestamp,
    /// Fields of a newer version.
    pub extra: Extra,
}

/// How many characters of a first line stand in for a title.
const TITLE_LIMIT: usize = 80;

impl Article {
    /// Whether another is the same, but for when it was last changed.
    pub fn is_but_for_time(&self, other: &Self) -> bool {
        Self { changed: other.changed.clone(), ..self.clone() } == *other
    }

    /// What to call it: its title or, where it has none, the start of its text.
    pub fn name(&self) -> String {
        if !self.title.trim().is_empty() {
            return self.title.trim().to_owned();
        }
        let line = self.text.as_str().lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        match line.char_indices().nth(TITLE_LIMIT) {
            Some((byte, _)) => format!("{}…", line[..byte].trim_end()),
            None => line.to_owned(),
        }
    }
}
