//! What is known of the work's copy in a file: when there was one, what has changed since, and whether it is time
//! for a reminder.
//!
//! It is of this browser, not of the work: it is kept beside the log, is not undone and not exported, and losing it
//! loses no work. The file itself is the browser layer's business.

use crate::model::Timestamp;
use std::fmt::Write;
use std::rc::Rc;

/// A reminder comes only after so many changes...
const MANY: u32 = 50;
/// ...the first of which was made so many hours ago, and not within as many hours of the last reminder.
const HOURS: i32 = 24;

/// What is known of the last copy in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// When everything was last saved to a file.
    pub saved: Option<Timestamp>,
    /// How many changes are in no file.
    pub changes: u32,
    /// When the first of them was made.
    first: Option<Timestamp>,
    /// When there was a reminder last.
    reminded: Option<Timestamp>,
}

/// A file that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFile {
    /// Its name.
    pub name: Rc<str>,
    /// When its content was made.
    pub at: Timestamp,
    /// How many changes that were in no file are in this one; `None` where it does not hold everything.
    pub changes: Option<u32>,
    /// Whether it is the file that is written again and again.
    pub is_own: bool,
}

impl Filed {
    /// Takes note of changes.
    pub fn note(&mut self, changes: usize, now: &Timestamp) {
        self.changes = self.changes.saturating_add(changes as u32);
        if changes > 0 {
            self.first.get_or_insert(now.clone());
        }
    }

    /// Takes note of a file. What was changed while it was written is not in it.
    pub fn take(&mut self, file: &SavedFile) {
        if let Some(changes) = file.changes {
            self.saved = Some(file.at.clone());
            self.changes = self.changes.saturating_sub(changes);
            self.first = (self.changes > 0).then(|| file.at.clone());
        }
    }

    /// Whether it is time for a reminder; if so it counts as given.
    pub fn reminds(&mut self, now: &Timestamp) -> bool {
        let long_ago = |then: &Timestamp| now.hours() - then.hours() >= HOURS;
        let is_due = self.changes >= MANY
            && self.first.as_ref().is_some_and(long_ago)
            && self.reminded.as_ref().is_none_or(long_ago);
        if is_due {
            self.reminded = Some(now.clone());
        }
        is_due
    }

    /// What to keep, on one line. Of two lines that were kept apart from each other, the greater one knows of the
    /// later file or, of the same, of more changes.
    pub fn to_line(&self) -> String {
        let moment = |moment: &Option<Timestamp>| moment.as_ref().map_or("-", Timestamp::as_str).to_owned();
        let mut line = moment(&self.saved);
        // Writing to memory can't fail.
        let _ = write!(line, " {:010} {} {}", self.changes, moment(&self.first), moment(&self.reminded));
        line
    }

    /// Reads what was kept; `None` where it is no such line.
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let [saved, changes, first, reminded] = std::array::from_fn(|_| words.next());
        let moment = |word: Option<&str>| match word? {
            "-" => Some(None),
            word => Some(Some(Timestamp::parse(word)?)),
        };
        let changes = changes?.parse().ok()?;
        Some(Self { saved: moment(saved)?, changes, first: moment(first)?, reminded: moment(reminded)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(day: u32, hour: u32) -> Timestamp {
        Timestamp::parse(&format!("2031-03-{day:02}T{hour:02}:26:53.589Z")).expect("a moment")
    }

    fn file(day: u32, hour: u32, changes: Option<u32>) -> SavedFile {
        SavedFile { name: "all.json".into(), at: at(day, hour), changes, is_own: false }
    }

    #[test]
    fn a_reminder_needs_many_changes_and_a_day_and_comes_once_a_day() {
        let mut filed = Filed::default();
        filed.note(49, &at(1, 9));
        assert!(!filed.reminds(&at(9, 9)), "few changes");
        filed.note(1, &at(9, 9));
        assert!(!filed.reminds(&at(2, 8)), "the first of them is no day old");
        assert!(filed.reminds(&at(2, 9)));
        assert!(!filed.reminds(&at(2, 9)), "it was given");
        assert!(!filed.reminds(&at(3, 8)), "not twice within a day");
        assert!(filed.reminds(&at(3, 9)));
        filed.take(&file(3, 10, Some(50)));
        assert_eq!(filed.changes, 0);
        filed.note(60, &at(5, 9));
        assert!(!filed.reminds(&at(5, 20)), "all of them are of today");
        assert!(filed.reminds(&at(6, 9)));
    }

    #[test]
    fn what_came_while_the_file_was_written_is_not_in_it() {
        let mut filed = Filed::default();
        filed.note(60, &at(1, 9));
        filed.note(70, &at(2, 9));
        filed.take(&file(2, 8, Some(60)));
        assert_eq!((filed.changes, filed.saved.clone()), (70, Some(at(2, 8))));
        assert!(!filed.reminds(&at(3, 7)));
        assert!(filed.reminds(&at(3, 8)));
        filed.take(&file(4, 8, None));
        assert_eq!((filed.changes, filed.saved), (70, Some(at(2, 8))), "a part is not everything");
    }

    #[test]
    fn of_lines_kept_apart_the_greater_one_knows_more() {
        let mut one = Filed::default();
        let nothing = one.to_line();
        one.note(9, &at(1, 9));
        let changed = one.to_line();
        one.note(2, &at(1, 9));
        let more = one.to_line();
        one.take(&file(2, 9, Some(11)));
        let saved = one.to_line();
        one.take(&file(2, 10, Some(0)));
        assert!(nothing < changed && changed < more && more < saved && saved < one.to_line());
    }

    fn moment() -> impl Strategy<Value = Option<Timestamp>> {
        prop::option::of((1..29_u32, 0..24_u32).prop_map(|(day, hour)| at(day, hour)))
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(saved in moment(), changes in any::<u32>(), first in moment(), reminded in moment()) {
            let filed = Filed { saved, changes, first, reminded };
            prop_assert_eq!(Filed::parse(&filed.to_line()), Some(filed));
        }

        #[test]
        fn no_line_is_too_strange(line in "[-0-9TZ:. ]{0,40}|\\PC*") {
            if let Some(filed) = Filed::parse(&line) {
                filed.clone().reminds(&at(1, 9));
                prop_assert_eq!(Filed::parse(&filed.to_line()), Some(filed));
            }
        }
    }
}
