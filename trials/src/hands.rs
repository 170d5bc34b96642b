//! What a person does to the text: marks, changes of mind, notes, as keys and clicks drawn by a seed.
//!
//! It only says which; pressing them is the business of [`crate::browser`].

use fastrand::Rng;

/// One key, several together, or two clicks at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Stroke {
    /// As in `x`, `Enter`, `Control+Shift+z`.
    Keys(String),
    /// A double click, in parts of the window's width and height.
    DoubleClick(f64, f64),
}

/// Something that a person does.
#[derive(Clone, Debug)]
pub struct Act {
    /// How it is done.
    pub strokes: Vec<Stroke>,
    /// How much of what was there it may take away or change.
    pub reach: Reach,
    /// Whether that comes in several steps.
    pub in_steps: bool,
}

/// How many things may be others after an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// None.
    Nothing,
    /// A single one.
    One,
    /// Any number of them.
    Any,
}

/// The keys of the three labels.
const LABELS: [&str; 3] = ["1", "2", "3"];

/// The next thing that a person does. Seven in ten are new marks.
pub fn next(chance: &mut Rng) -> Act {
    match chance.u32(0..20) {
        0..=11 => mark(chance),
        12..=13 => clicked(chance),
        14 => everywhere(chance),
        15 => act(Reach::Any, &["Control+z"]),
        16 => act(Reach::Any, &["Control+y"]),
        17 => act(Reach::One, &[step(chance), "Delete"]),
        18 => act(Reach::One, &[step(chance), pick(chance, &LABELS), "Escape"]),
        _ => noted(chance),
    }
}

fn act(reach: Reach, keys: &[&str]) -> Act {
    Act { strokes: keys.iter().map(|&keys| Stroke::Keys(keys.into())).collect(), reach, in_steps: false }
}

/// Goes a few words or lines on, selects some words, presses a label, and lets go of the mark.
fn mark(chance: &mut Rng) -> Act {
    let mut keys = vec!["Escape"];
    if chance.u32(0..12) == 0 {
        keys.push("Control+Home");
    }
    keys.extend(std::iter::repeat_n("ArrowDown", chance.usize(0..3)));
    keys.extend(std::iter::repeat_n("Control+ArrowRight", chance.usize(1..6)));
    keys.extend(std::iter::repeat_n("Shift+Control+ArrowRight", chance.usize(1..4)));
    keys.push(pick(chance, &LABELS));
    keys.push("Escape");
    act(Reach::Nothing, &keys)
}

/// Clicks twice somewhere in the text: a word where there is one, and a label on it.
fn clicked(chance: &mut Rng) -> Act {
    let place = Stroke::DoubleClick(0.15 + 0.4 * chance.f64(), 0.25 + 0.5 * chance.f64());
    let mut act = act(Reach::Nothing, &["Escape", "Escape", pick(chance, &LABELS), "Escape", "Escape"]);
    act.strokes.insert(2, place);
    act
}

/// Marks every place of a word.
fn everywhere(chance: &mut Rng) -> Act {
    let label = pick(chance, &["Shift+Q", "Shift+C", "Shift+E"]);
    act(
        Reach::Nothing,
        &["Escape", "Control+ArrowRight", "Control+ArrowRight", "Shift+Control+ArrowRight", label, "Escape"],
    )
}

/// Writes a few letters as a note.
fn noted(chance: &mut Rng) -> Act {
    let letters: Vec<String> = (0..chance.usize(1..5)).map(|_| chance.lowercase().to_string()).collect();
    let mut keys = vec![step(chance), "m"];
    keys.extend(letters.iter().map(String::as_str));
    keys.push("Escape");
    Act { in_steps: true, ..act(Reach::One, &keys) }
}

/// To a mark nearby.
fn step(chance: &mut Rng) -> &'static str {
    if chance.bool() { "n" } else { "p" }
}

fn pick(chance: &mut Rng, of: &[&'static str]) -> &'static str {
    of[chance.usize(0..of.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_acts_again_and_every_kind_of_them() {
        let some = |seed| {
            let mut chance = Rng::with_seed(seed);
            (0..200).map(|_| next(&mut chance).strokes).collect::<Vec<_>>()
        };
        assert_eq!(some(1), some(1));
        assert_ne!(some(1), some(2));
        for key in ["1", "Control+z", "Delete", "m", "Shift+E"] {
            let stroke = Stroke::Keys(key.into());
            assert!(some(1).iter().any(|strokes| strokes.contains(&stroke)), "{key} is never pressed");
        }
    }
}
