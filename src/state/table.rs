//! The table of commands: title, hint and keys of each. Keys, tooltips and the help sheet read it,
//! so that none of them can say what the others do not do.
//!
//! It turns a key press into a request; it never carries one out.

use crate::model::{ArticleId, LabelScheme};
use crate::samples::Sample;
use crate::state::view::{Dialog, Edge, Screen};
use crate::state::{Checking, Command, Exporting, Motion, State};
use std::rc::Rc;

/// Where in the help a command stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Putting labels on words.
    Mark,
    /// Working on a mark.
    Edit,
    /// Moving in the text.
    Move,
    /// Articles and files.
    Article,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Mark, Self::Edit, Self::Move, Self::Article];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Mark => "Marking",
            Self::Edit => "The selected mark",
            Self::Move => "Moving and selecting",
            Self::Article => "Articles and files",
        }
    }
}

/// A command that a key can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table below says what each does")]
pub enum Action {
    Label,
    LabelAll,
    LabelAgain,
    Stick,
    Undo,
    Redo,
    Delete,
    Next,
    Previous,
    Beneath,
    TakeStart,
    TakeEnd,
    Card,
    Note,
    Escape,
    Char,
    Word,
    Line,
    Ends,
    Block,
    Extend,
    SelectAll,
    HideMarks,
    Snap,
    Find,
    List,
    Articles,
    NextArticle,
    PreviousArticle,
    Details,
    SetDone,
    Paste,
    OpenFiles,
    Check,
    Export,
    Save,
    Help,
    Settings,
}

/// One line of the table.
pub struct Entry {
    /// What it is.
    pub action: Action,
    /// Its name.
    pub title: &'static str,
    /// The keys as the help and the tooltips print them; `Ctrl` is the Command key on a Mac.
    pub keys: &'static str,
    /// Where it stands in the help.
    pub group: Group,
}

const fn entry(action: Action, group: Group, keys: &'static str, title: &'static str) -> Entry {
    Entry { action, title, keys, group }
}

/// Every command that has a key.
pub const TABLE: &[Entry] = &[
    entry(Action::Label, Group::Mark, "1 2 3, Q C E", "Mark the selection, or relabel the selected mark"),
    entry(Action::LabelAll, Group::Mark, "Shift+any of these", "Mark every place of these words"),
    entry(Action::LabelAgain, Group::Mark, "Enter", "Mark the selection with the last label"),
    entry(
        Action::Stick,
        Group::Mark,
        "1 2 3 with nothing selected",
        "Hold the label: it goes on whatever is selected next",
    ),
    entry(Action::Undo, Group::Mark, "Ctrl+Z", "Undo"),
    entry(Action::Redo, Group::Mark, "Ctrl+Shift+Z, Ctrl+Y", "Redo"),
    entry(Action::Escape, Group::Mark, "Esc", "Leave the edge, the selection, the mark or the label in hand"),
    entry(Action::Next, Group::Edit, "N", "Next mark"),
    entry(Action::Previous, Group::Edit, "P", "Previous mark"),
    entry(Action::Beneath, Group::Edit, "Tab, Shift+Tab", "Next or previous mark at the same place"),
    entry(Action::TakeStart, Group::Edit, "[", "Take hold of its start; arrows move it, Enter keeps, Esc restores"),
    entry(Action::TakeEnd, Group::Edit, "]", "Take hold of its end"),
    entry(Action::Card, Group::Edit, "Enter", "Go to its card: attributes, note, label; Esc comes back"),
    entry(Action::Note, Group::Edit, "M", "Write a note"),
    entry(Action::Delete, Group::Edit, "Delete, Backspace", "Delete it"),
    entry(Action::Char, Group::Move, "← →", "Move the caret by character"),
    entry(Action::Word, Group::Move, "Ctrl+← →", "By word (Option on a Mac)"),
    entry(Action::Line, Group::Move, "↑ ↓", "By line"),
    entry(Action::Block, Group::Move, "Ctrl+↑ ↓", "By paragraph"),
    entry(Action::Ends, Group::Move, "Home, End", "To the ends of the line; with Ctrl, of the text"),
    entry(Action::Extend, Group::Move, "Shift+any of these", "Select; by whole words, with Alt by character"),
    entry(Action::SelectAll, Group::Move, "Ctrl+A", "Select the whole text"),
    entry(Action::HideMarks, Group::Move, "H (hold)", "Read without marks"),
    entry(Action::Snap, Group::Move, "S", "Select whole words, or single characters"),
    entry(Action::Find, Group::Article, "/", "Find in annotations"),
    entry(Action::List, Group::Article, "L", "Open the list of annotations, on a narrow screen"),
    entry(Action::Articles, Group::Article, "A", "List of articles"),
    entry(Action::NextArticle, Group::Article, "Shift+N", "Next article"),
    entry(Action::PreviousArticle, Group::Article, "Shift+P", "Previous article"),
    entry(Action::Details, Group::Article, "I", "Article details"),
    entry(Action::SetDone, Group::Article, "D", "Article done, or not"),
    entry(Action::Paste, Group::Article, "V, Ctrl+V", "Paste an article"),
    entry(Action::OpenFiles, Group::Article, "O", "Open files"),
    entry(Action::Check, Group::Article, "K", "Check the annotations for slips"),
    entry(Action::Export, Group::Article, "X", "Export"),
    entry(Action::Save, Group::Article, "Ctrl+S", "Save everything to a file, the same one where one was chosen"),
    entry(Action::Settings, Group::Article, ",", "Settings"),
    entry(Action::Help, Group::Article, "?", "This help"),
];

/// The keys of a command as the tooltips print them.
pub fn keys(action: Action) -> &'static str {
    TABLE.iter().find(|entry| entry.action == action).map_or("", |entry| entry.keys)
}

/// A key press, as the browser layer reports it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPress {
    /// The character or the name of the key (`KeyboardEvent.key`).
    pub key: String,
    /// The place of the key (`KeyboardEvent.code`).
    pub code: String,
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Ctrl, or Option on a Mac: by word.
    pub by_word: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, where it does not mean by word.
    pub alt: bool,
}

/// Where the focus is when a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the text of the article.
    Text,
    /// On a control that keeps arrows, Enter and Tab for itself.
    Control,
    /// In a field where people type.
    Field,
}

/// A step that needs the layout of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineMotion {
    /// To the line above.
    Up,
    /// To the line below.
    Down,
    /// To the start of the line.
    Start,
    /// To the end of the line.
    End,
}

/// What a key asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A command to the machine.
    Do(Rc<Command>),
    /// A step of the caret by line, and whether it selects.
    Line(LineMotion, bool),
    /// The browser's file dialog.
    OpenFiles,
    /// A sample, which may have to be fetched.
    OpenSample(&'static Sample),
    /// The browser's dialog for the file that is written again and again.
    ChooseFile,
    /// Add what the paste dialog shows as an article.
    Pasted(String),
    /// Read the bytes of an article again in another encoding.
    ReadAs(ArticleId, String),
    /// What was set aside in the store, as a file.
    SaveAside,
}

impl From<Command> for Request {
    /// Never inlined: every button would have it in it.
    #[inline(never)]
    fn from(command: Command) -> Self {
        Self::Do(Rc::new(command))
    }
}

fn ask(command: Command) -> Option<Request> {
    Some(command.into())
}

/// What a key press asks for; `None` leaves it to the browser.
pub fn request(press: &KeyPress, place: Place, state: &State) -> Option<Request> {
    if state.view.dialog.is_some() {
        return None;
    }
    let reading = state.view.screen == Screen::Article && state.article().is_some();
    let found = with_ctrl(press, place, reading, state)
        .or_else(|| if place == Place::Text { in_text(press, state) } else { None })
        .or_else(|| if place == Place::Field { None } else { single(press, reading, state) });
    match found {
        None if press.key == "Escape" && place == Place::Field => None,
        None if press.key == "Escape" && reading => ask(Command::Escape),
        other => other,
    }
}

fn with_ctrl(press: &KeyPress, place: Place, reading: bool, state: &State) -> Option<Request> {
    if !press.ctrl || press.alt {
        return None;
    }
    let command = match (press.key.to_ascii_lowercase().as_str(), press.shift) {
        ("s", false) => Command::Save,
        // In a field the browser's own undo is the one that people expect.
        ("z", false) if place != Place::Field => Command::Undo,
        ("z", true) | ("y", false) if place != Place::Field => Command::Redo,
        ("a", false) if place == Place::Text && reading => Command::SelectSpan(state.text()?.span()),
        _ => return None,
    };
    ask(command)
}

/// Keys that mean something only in the text: arrows, Enter, Tab.
fn in_text(press: &KeyPress, state: &State) -> Option<Request> {
    let (extend, raw) = (press.shift, press.alt);
    let motion = |motion| ask(Command::Move { motion, extend, raw });
    match press.key.as_str() {
        "ArrowLeft" if press.by_word => motion(Motion::WordBack),
        "ArrowRight" if press.by_word => motion(Motion::WordForward),
        "ArrowLeft" => motion(Motion::CharBack),
        "ArrowRight" => motion(Motion::CharForward),
        "ArrowUp" if press.ctrl => motion(Motion::BlockBack),
        "ArrowDown" if press.ctrl => motion(Motion::BlockForward),
        "Home" if press.ctrl => motion(Motion::TextStart),
        "End" if press.ctrl => motion(Motion::TextEnd),
        "ArrowUp" => Some(Request::Line(LineMotion::Up, extend)),
        "ArrowDown" => Some(Request::Line(LineMotion::Down, extend)),
        "Home" => Some(Request::Line(LineMotion::Start, extend)),
        "End" => Some(Request::Line(LineMotion::End, extend)),
        "Enter" if state.view.resize.is_some() => ask(Command::KeepEdge),
        "Enter" if !state.view.selection.is_caret() => ask(Command::LabelAgain),
        "Enter" if state.view.active.is_some() => ask(Command::FocusCard),
        "Tab" if !press.ctrl => {
            let here = state.view.stack.iter().position(|id| Some(id) == state.view.active.as_ref())?;
            let more = if press.shift { here > 0 } else { here + 1 < state.view.stack.len() };
            more.then(|| Command::ActivateBeneath(!press.shift)).and_then(ask)
        }
        _ => None,
    }
}

/// Commands on a single key; off while typing, and wherever the person switched them off.
fn single(press: &KeyPress, reading: bool, state: &State) -> Option<Request> {
    if press.ctrl || press.alt || press.by_word {
        return None;
    }
    let view = &state.view;
    if reading && matches!(press.key.as_str(), "Delete" | "Backspace") {
        return view.active.is_some().then_some(Command::Delete).and_then(ask);
    }
    if !state.preferences.single_keys {
        return None;
    }
    if reading && let Some(command) = label_key(press, state.workspace.scheme()) {
        return ask(command);
    }
    let key = press.key.to_ascii_lowercase();
    let anywhere = match (key.as_str(), press.shift) {
        ("?", _) => Some(Command::ShowDialog(Dialog::Help)),
        (",", false) => Some(Command::ShowDialog(Dialog::Settings)),
        ("v", false) => Some(Command::ShowDialog(Dialog::Paste { refused: false })),
        ("x", false) => Some(Command::Exporting(Exporting::Start)),
        ("n", true) => Some(Command::OpenNext(true)),
        ("p", true) => Some(Command::OpenNext(false)),
        ("o", false) => return Some(Request::OpenFiles),
        _ => None,
    };
    if anywhere.is_some() || !reading {
        return anywhere.and_then(ask);
    }
    let command = match (key.as_str(), press.shift) {
        ("n", false) => Command::ActivateNext(true),
        ("p", false) => Command::ActivateNext(false),
        ("[", _) => Command::TakeEdge(Edge::Start),
        ("]", _) => Command::TakeEdge(Edge::End),
        ("m", false) => Command::FocusNote,
        ("/", _) => Command::FocusSearch,
        ("l", false) => Command::ShowList(!view.list_open),
        ("a", false) => Command::ShowArticles,
        ("h", false) => Command::HideMarks(true),
        ("i", false) => Command::ShowDialog(Dialog::Details(view.open.clone()?)),
        ("k", false) => Command::Checking(Checking::Start),
        ("d", false) => Command::SetDone(view.open.clone()?, !state.article()?.done),
        ("s", false) => {
            let snap = !state.preferences.snap;
            Command::Prefer(crate::state::Preferences { snap, ..state.preferences })
        }
        _ => return None,
    };
    ask(command)
}

/// Letters match the character typed; digits match the place of the key too, since on some keyboards Shift
/// gives them and on the others something else. Shift asks for every place of the words, where the letter is
/// no command of its own with it.
fn label_key(press: &KeyPress, scheme: &LabelScheme) -> Option<Command> {
    let place = press.code.strip_prefix("Digit").or_else(|| press.code.strip_prefix("Numpad"));
    let digit = press.key.parse::<usize>().ok().or_else(|| place.and_then(|digit| digit.parse().ok()));
    let by_digit = digit.and_then(|digit| scheme.labels.get(digit.checked_sub(1)?));
    let mut typed = press.key.chars();
    let letter = typed.next().filter(|_| typed.next().is_none()).map(|letter| letter.to_ascii_lowercase());
    let is_free = !press.shift || !matches!(letter, Some('n' | 'p'));
    let by_letter = || scheme.labels.iter().find(|label| is_free && Some(label.key) == letter);
    let id = by_digit.or_else(by_letter)?.id.clone();
    Some(if press.shift { Command::LabelAll(id) } else { Command::Label(id) })
}
