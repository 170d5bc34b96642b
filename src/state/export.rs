//! The dialog in which the work is saved in one format or another: what is chosen, and what is known of it.
//!
//! The project file is there at once. What else can be written, and what a choice would come to, is asked of a
//! program that runs aside (see [`crate::exchange`]); until it has answered the dialog says so. Nothing here asks.

use crate::exchange::{Look, Offer, Order, Setting};
use crate::model::ArticleId;
use std::rc::Rc;

/// The format that needs nobody's help.
pub const PROJECT: &str = "project";

/// What is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// What can be written; empty until it is known.
    pub offers: Rc<[Offer]>,
    /// The id of the format.
    pub format: Rc<str>,
    /// The one article, or `None` for all.
    pub article: Option<ArticleId>,
    /// The settings that were changed, each with its value.
    pub settings: Vec<(Rc<str>, Rc<str>)>,
    /// What it comes to.
    pub seen: Seen,
    /// How often something was chosen, so that an answer to an older choice can be told.
    pub turn: u32,
    /// Whether the file is being written.
    pub is_writing: bool,
}

/// What is known of what a choice comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// It is being found out.
    Waiting,
    /// It is known.
    Look(Rc<Look>),
    /// It can't be found out; why.
    Failed(Rc<str>),
}

/// What a person chooses.
#[derive(Clone, Debug, PartialEq)]
pub enum Choose {
    /// The format with an id.
    Format(Rc<str>),
    /// One article, or all.
    Article(Option<ArticleId>),
    /// A value of a setting.
    Setting(Rc<str>, Rc<str>),
}

/// What happens to the dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Exporting {
    /// It is opened, for the open article first.
    Start,
    /// It is opened, for everything first.
    StartAll,
    /// Something is chosen.
    Choose(Choose),
    /// What can be written is known.
    Offered(Rc<[Offer]>),
    /// What a choice comes to is known; which turn it was.
    Seen(u32, Rc<Look>),
    /// There is no answer; why.
    Failed(Rc<str>),
    /// The file is wanted.
    Save,
    /// The text of the file is wanted on the clipboard.
    Copy,
    /// A file of that name was handed to the browser.
    Saved(Rc<str>),
}

impl Export {
    /// The project file of one article, or of all.
    pub fn new(article: Option<ArticleId>) -> Self {
        Self {
            offers: Rc::default(),
            format: PROJECT.into(),
            article,
            settings: Vec::new(),
            seen: Seen::Waiting,
            turn: 0,
            is_writing: false,
        }
    }

    /// Whether it is the project file, which the page writes itself.
    pub fn is_project(&self) -> bool {
        &*self.format == PROJECT
    }

    /// What is known of the chosen format.
    pub fn offer(&self) -> Option<&Offer> {
        self.offers.iter().find(|offer| *offer.id == *self.format)
    }

    /// The value of a setting: the one that was chosen, else its first.
    pub fn value<'a>(&'a self, setting: &'a Setting) -> &'a str {
        let chosen = self.settings.iter().find(|(id, _)| **id == *setting.id).map(|(_, value)| &**value);
        chosen.or(setting.values.first().map(|(value, _)| value.as_str())).unwrap_or_default()
    }

    /// What is to be written.
    pub fn order(&self) -> Order {
        Order { format: self.format.clone(), article: self.article.clone(), settings: self.settings.clone() }
    }

    /// Takes a choice.
    pub fn choose(&mut self, choice: Choose) {
        match choice {
            Choose::Format(format) => {
                self.format = format;
                self.settings.clear();
            }
            Choose::Article(article) => self.article = article,
            Choose::Setting(id, value) => match self.settings.iter().position(|(known, _)| *known == id) {
                Some(at) => self.settings[at].1 = value,
                None => self.settings.push((id, value)),
            },
        }
        self.seen = Seen::Waiting;
        self.turn += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Loss;
    use crate::model::{Timestamp, WriterId};
    use crate::state::{Command, Dialog, Effect, NewArticle, Stamp, State, update};
    use crate::text::Text;

    fn send(state: &State, command: Command) -> (State, Vec<Effect>) {
        update(state, &command, &Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") })
    }

    /// An article is open, and the dialog on it.
    fn opened() -> State {
        let text = Rc::new(Text::new("We open at nine."));
        let new = NewArticle { text, fallback_title: "T".into(), encoding: String::new() };
        let (state, _) = send(&State::default(), Command::Load(vec![new]));
        let (state, effects) = send(&state, Command::Exporting(Exporting::Start));
        assert_eq!(effects, [Effect::Look]);
        state
    }

    fn dialog(state: &State) -> &Export {
        match &state.view.dialog {
            Some(Dialog::Export(export)) => export,
            other => panic!("{other:?}"),
        }
    }

    fn happen(state: &mut State, happens: Exporting) -> Vec<Effect> {
        let (next, effects) = send(state, Command::Exporting(happens));
        *state = next;
        effects
    }

    fn look(text: Option<&str>) -> Rc<Look> {
        let loss = Loss { said: "1 note is left out".into(), is_written: false, setting: String::new() };
        Rc::new(Look { losses: vec![loss], text: text.map(str::to_owned), ..Look::default() })
    }

    fn other(state: &mut State) -> u32 {
        assert_eq!(happen(state, Exporting::Choose(Choose::Format("csv".into()))), [Effect::Look]);
        dialog(state).turn
    }

    #[test]
    fn the_project_file_of_the_open_article_needs_nobody() {
        let mut state = opened();
        let id = state.view.open.clone();
        assert_eq!((dialog(&state).article.clone(), dialog(&state).is_project()), (id.clone(), true));
        assert_eq!(happen(&mut state, Exporting::Save), [Effect::SaveFile(id)]);
        assert_eq!(state.view.dialog, None);
        let mut state = opened();
        happen(&mut state, Exporting::Choose(Choose::Article(None)));
        assert_eq!(happen(&mut state, Exporting::Copy), [Effect::CopyFile(None)]);
        assert_eq!(state.view.dialog, None);
    }

    #[test]
    fn whoever_saves_everything_finds_everything_chosen() {
        for command in [Command::Save, Command::Exporting(Exporting::StartAll)] {
            let (mut state, effects) = send(&opened(), command);
            assert_eq!((dialog(&state).article.clone(), effects), (None, vec![Effect::Look]));
            assert_eq!(happen(&mut state, Exporting::Save), [Effect::SaveFile(None)]);
        }
    }

    #[test]
    fn an_answer_to_an_older_choice_is_passed_over() {
        let mut state = opened();
        let first = other(&mut state);
        let second = other(&mut state);
        assert_eq!(happen(&mut state, Exporting::Seen(first, look(None))), []);
        assert_eq!(dialog(&state).seen, Seen::Waiting);
        assert_eq!(happen(&mut state, Exporting::Seen(second, look(None))), []);
        assert_eq!(dialog(&state).seen, Seen::Look(look(None)));
        // Nothing comes of an answer to a dialog that was closed.
        (state, _) = send(&state, Command::CloseDialog);
        assert_eq!(happen(&mut state, Exporting::Seen(second, look(None))), []);
        assert_eq!(state.view.dialog, None);
    }

    #[test]
    fn a_choice_of_another_format_forgets_the_settings_of_the_last() {
        let setting = Setting {
            id: "overlap".into(),
            name: "Overlap".into(),
            values: vec![("all".into(), "all".into()), ("one".into(), "one".into())],
        };
        let mut state = opened();
        other(&mut state);
        assert_eq!(dialog(&state).value(&setting), "all");
        for value in ["one", "all", "one"] {
            happen(&mut state, Exporting::Choose(Choose::Setting("overlap".into(), value.into())));
            assert_eq!((dialog(&state).value(&setting), dialog(&state).settings.len()), (value, 1));
        }
        assert_eq!(dialog(&state).order().settings, [("overlap".into(), "one".into())]);
        other(&mut state);
        assert_eq!(dialog(&state).value(&setting), "all");
    }

    #[test]
    fn a_file_is_written_once_and_the_dialog_goes_when_it_is_saved() {
        let mut state = opened();
        other(&mut state);
        assert_eq!(happen(&mut state, Exporting::Save), [Effect::WriteOut]);
        assert_eq!(happen(&mut state, Exporting::Save), []);
        happen(&mut state, Exporting::Failed("no".into()));
        assert_eq!((dialog(&state).is_writing, &dialog(&state).seen), (false, &Seen::Failed("no".into())));
        assert_eq!(happen(&mut state, Exporting::Save), [Effect::WriteOut]);
        happen(&mut state, Exporting::Saved("a.csv".into()));
        assert_eq!(state.view.dialog, None);
        assert_eq!(state.view.toast.as_ref().map(|toast| &*toast.text), Some("Saved a.csv"));
    }

    #[test]
    fn only_what_was_looked_at_is_copied() {
        let mut state = opened();
        let turn = other(&mut state);
        assert_eq!(happen(&mut state, Exporting::Copy), []);
        happen(&mut state, Exporting::Seen(turn, look(None)));
        assert_eq!(happen(&mut state, Exporting::Copy), []);
        happen(&mut state, Exporting::Seen(turn, look(Some("id\n"))));
        assert_eq!(happen(&mut state, Exporting::Copy), [Effect::CopyText("id\n".into())]);
    }
}
