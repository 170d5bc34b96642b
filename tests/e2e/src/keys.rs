//! Keys, pressed as a person presses them.

use crate::Page;
use crate::wait::within;
use anyhow::Result;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};

impl Page {
    /// Presses a key, or several together: `x`, `Enter`, `Control+Shift+z`.
    pub async fn press(&self, chord: &str) -> Result<()> {
        self.press_times(chord, 1).await
    }

    /// Presses the same several times; what is held is held throughout.
    pub async fn press_times(&self, chord: &str, times: usize) -> Result<()> {
        self.act(chord_actions(chord, times)).await
    }

    /// Presses one key after the other.
    pub async fn press_all(&self, chords: &[&str]) -> Result<()> {
        for chord in chords {
            self.press(chord).await?;
        }
        Ok(())
    }

    /// Holds a key down; [`Page::let_go`] ends it.
    pub async fn hold(&self, key: &str) -> Result<()> {
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value: value(key) });
        self.act(keys).await
    }

    /// Lets go of everything that is held.
    pub async fn let_go(&self) -> Result<()> {
        within("empty hands", self.client().release_actions()).await
    }

    /// Types some words where the focus is.
    pub async fn type_text(&self, words: &str) -> Result<()> {
        let keys = words.chars().fold(KeyActions::new("keyboard".to_owned()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.act(keys).await
    }
}

/// What presses a key, or several together, several times; what is held is held throughout.
pub fn chord_actions(chord: &str, times: usize) -> KeyActions {
    let mut held: Vec<char> = chord.split('+').map(value).collect();
    let key = held.pop().unwrap_or('+');
    let down = |keys: KeyActions, &value: &char| keys.then(KeyAction::Down { value });
    let mut keys = held.iter().fold(KeyActions::new("keyboard".to_owned()), down);
    for _ in 0..times {
        keys = keys.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
    }
    held.iter().rev().fold(keys, |keys, &value| keys.then(KeyAction::Up { value }))
}

/// The character by which the protocol names a key.
fn value(name: &str) -> char {
    match name {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        one => one.chars().next().filter(|c| one.len() == c.len_utf8()).unwrap_or_else(|| panic!("no key “{name}”")),
    }
}
