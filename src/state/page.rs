//! A saved web page that waits for the person's word: what is known of it, and which of its words are its main text.
//!
//! The page's own script took it apart; here is decided what text comes of the choice, and nothing of the choice is
//! kept. Nothing here reads a page.

use std::rc::Rc;

/// A web page that was taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebPage {
    /// The name of its file.
    pub file: String,
    /// What its bytes were read as.
    pub encoding: String,
    /// What told its main text from the rest, with its version; empty where nothing could.
    pub extractor: String,
    /// Its title; empty where none was found.
    pub title: String,
    /// Who wrote it, as it says; empty where it does not.
    pub byline: String,
    /// When it was published, as `YYYY-MM-DD` or in other words; empty where it does not say.
    pub date: String,
    /// Where it was published: the name of the site, its address, or both; empty where it does not say.
    pub source: String,
    /// All its text.
    pub paragraphs: Rc<[Paragraph]>,
    /// Whether all of it is to be taken.
    pub is_whole: bool,
}

/// A paragraph of a page, or whatever stands apart in it like one.
pub type Paragraph = Vec<Run>;

/// Words of a paragraph that are kept or left out together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Whether they are of the main text.
    pub is_main: bool,
    /// The words, with white space as it is shown.
    pub words: String,
}

/// What the extractor is called where all text was taken.
pub const ALL_TEXT: &str = "all text";

impl WebPage {
    /// Whether words are taken.
    pub fn takes(&self, run: &Run) -> bool {
        self.is_whole || run.is_main
    }

    /// The text of the article: paragraphs with an empty line between them, without what is left out.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for paragraph in self.paragraphs.iter() {
            let before = text.len();
            if before > 0 {
                text.push_str("\n\n");
            }
            let start = text.len();
            for run in paragraph.iter().filter(|run| self.takes(run)) {
                // What stood between two blanks may be gone.
                let is_after_blank = text[start..].chars().next_back().is_none_or(is_blank);
                text.push_str(if is_after_blank { run.words.trim_start_matches(is_blank) } else { &run.words });
            }
            text.truncate(start + text[start..].trim_end_matches(is_blank).len());
            if text.len() == start {
                text.truncate(before);
            }
        }
        text
    }

    /// How many words are taken, and how many are left out.
    pub fn counts(&self) -> (usize, usize) {
        let (mut taken, mut left) = (0, 0);
        for run in self.paragraphs.iter().flatten() {
            let count = if self.takes(run) { &mut taken } else { &mut left };
            *count += run.words.split_whitespace().count();
        }
        (taken, left)
    }

    /// What is kept of how its text was taken.
    pub fn taken_by(&self) -> &str {
        if self.is_whole { ALL_TEXT } else { &self.extractor }
    }
}

/// White space that a browser would not show at the edges of a paragraph.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(paragraphs: &[&[(bool, &str)]]) -> WebPage {
        let run = |&(is_main, words): &(bool, &str)| Run { is_main, words: words.into() };
        let paragraphs = paragraphs.iter().map(|runs| runs.iter().map(run).collect()).collect();
        WebPage { extractor: "Readability 0.6.0".into(), paragraphs, ..WebPage::default() }
    }

    #[test]
    fn the_text_is_what_is_kept_or_all_of_it() {
        let mut page = page(&[
            &[(false, "Home")],
            &[(true, "Bridge opens")],
            &[(true, "It opened "), (false, "Share this"), (true, " on Monday."), (false, " Ad")],
            &[(false, "Read more "), (true, " Rain.\nMore.")],
            &[],
        ]);
        assert_eq!(page.text(), "Bridge opens\n\nIt opened on Monday.\n\nRain.\nMore.");
        assert_eq!((page.counts(), page.taken_by()), ((8, 6), "Readability 0.6.0"));
        page.is_whole = true;
        assert_eq!(page.text(), "Home\n\nBridge opens\n\nIt opened Share this on Monday. Ad\n\nRead more Rain.\nMore.");
        assert_eq!((page.counts(), page.taken_by()), ((14, 0), "all text"));
    }

    use crate::model::{Timestamp, WriterId};
    use crate::state::{Command, Dialog, Stamp, State, update};

    fn send(state: &mut State, command: Command) {
        let stamp = Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") };
        *state = update(state, &command, &stamp).0;
    }

    /// A page with two words of main text and one of the rest.
    fn small() -> WebPage {
        let facts = ["Bridge opens", "Zoë Ng", "2031-03-14", "Gazette"].map(String::from);
        let [title, byline, date, source] = facts;
        let page = page(&[&[(false, "Home")], &[(true, "It opened.")]]);
        WebPage { file: "b.html".into(), encoding: "UTF-8".into(), title, byline, date, source, ..page }
    }

    #[test]
    fn what_is_taken_is_an_article_with_what_its_page_says_and_one_step_of_undo() {
        let mut state = State::default();
        let nameless = WebPage { title: String::new(), date: String::new(), ..small() };
        send(&mut state, Command::ShowDialog(Dialog::Pages(Rc::new(vec![small(), nameless]))));
        send(&mut state, Command::TakeWhole(1, true));
        send(&mut state, Command::TakeWhole(2, true));
        send(&mut state, Command::TakePages);
        assert_eq!(state.view.dialog, None);
        let articles: Vec<_> = state.workspace.articles().into_iter().cloned().collect();
        let said = |at: usize| {
            let article = &articles[at];
            [article.text.as_str(), &article.title, &article.byline, &article.date, &article.source, &article.extractor]
        };
        let first = ["It opened.", "Bridge opens", "Zoë Ng", "2031-03-14", "Gazette", "Readability 0.6.0"];
        assert_eq!(said(0), first);
        assert_eq!(said(1), ["Home\n\nIt opened.", "Home", "Zoë Ng", "", "Gazette", "all text"]);
        assert_eq!(articles[0].encoding, "UTF-8");
        send(&mut state, Command::Undo);
        assert_eq!(state.workspace.article_count(), 0);
    }

    #[test]
    fn nothing_is_taken_where_nothing_waits_or_it_is_called_off() {
        let mut state = State::default();
        send(&mut state, Command::TakePages);
        send(&mut state, Command::TakeWhole(0, true));
        send(&mut state, Command::ShowDialog(Dialog::Pages(Rc::new(vec![small()]))));
        send(&mut state, Command::CloseDialog);
        send(&mut state, Command::TakePages);
        assert_eq!((state.workspace.article_count(), state.view.dialog), (0, None));
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_paragraph_is_empty(
            runs in prop::collection::vec(prop::collection::vec((any::<bool>(), "[a-z é\u{a0}\n]{0,6}"), 0..4), 0..6),
            is_whole in any::<bool>(),
        ) {
            let runs: Vec<Vec<(bool, &str)>> =
                runs.iter().map(|runs| runs.iter().map(|(is, words)| (*is, words.as_str())).collect()).collect();
            let runs: Vec<&[(bool, &str)]> = runs.iter().map(Vec::as_slice).collect();
            let page = WebPage { is_whole, ..page(&runs) };
            let text = page.text();
            let letters = |text: &str| text.chars().filter(|c| !is_blank(*c)).collect::<String>();
            let kept = page.paragraphs.iter().flatten().filter(|run| page.takes(run));
            prop_assert_eq!(letters(&text), letters(&kept.map(|run| run.words.as_str()).collect::<String>()));
            prop_assert!(!text.starts_with(is_blank) && !text.ends_with(is_blank));
        }
    }
}
