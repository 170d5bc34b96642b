//! What became of what is kept, in words: plainly where something was lost, and calmly where nothing was.

use super::Step;
use crate::keep::Findings;
use crate::state::{Help, Notice};
use crate::words;

impl Step<'_> {
    pub(super) fn found(&mut self, findings: &Findings, aside: usize) {
        self.state.aside = aside;
        let Findings { restored, mended, damaged, missing, foreign, gone, rescued, .. } = *findings;
        let mut told = Vec::new();
        let mut help = Help::Nothing;
        if let Some(articles) = gone {
            told.push(words::gone(articles));
            help = Help::OpenFile;
        }
        if rescued {
            told.push(words::RESCUED.into());
        }
        if restored {
            told.push(words::RESTORED.into());
        }
        if mended > 0 {
            told.push(words::mended(mended));
        }
        if missing > 0 {
            told.push(words::missing(missing));
            help = Help::OpenFile;
        }
        if damaged > 0 {
            told.push(words::damaged(damaged));
        }
        if foreign > 0 {
            told.push(words::foreign(foreign));
        }
        if damaged + foreign > 0 {
            help = Help::SaveAside;
        }
        if !told.is_empty() {
            let text = told.join(" ");
            self.announce(text.as_str());
            self.state.notice = Some(Notice { text: text.into(), help });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Timestamp, WriterId};
    use crate::state::{Command, Stamp, State, update};
    use std::rc::Rc;

    /// What is said of findings, and what is offered.
    fn said(findings: Findings) -> Option<(String, Help)> {
        let stamp = Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") };
        let (state, effects) = update(&State::default(), &Command::Found(Rc::new(findings), 3), &stamp);
        assert_eq!(state.aside, 3);
        assert_eq!(effects.len(), usize::from(state.notice.is_some()), "a notice is spoken as well");
        state.notice.map(|notice| (notice.text.to_string(), notice.help))
    }

    #[test]
    fn what_was_lost_is_said_and_what_may_help_is_offered() {
        let none = Findings::default;
        assert_eq!(said(none()), None);
        assert_eq!(said(Findings { first_visit: true, ..none() }), None);
        for (findings, words, help) in [
            (Findings { restored: true, ..none() }, "nothing is missing", Help::Nothing),
            (Findings { rescued: true, ..none() }, "nothing is missing", Help::Nothing),
            (Findings { mended: 2, ..none() }, "2 damaged records were made good", Help::Nothing),
            (Findings { damaged: 1, ..none() }, "1 record is damaged", Help::SaveAside),
            (Findings { foreign: 1, ..none() }, "1 record was of another workspace", Help::SaveAside),
            (Findings { missing: 1, ..none() }, "1 change is missing", Help::OpenFile),
            (Findings { gone: Some(2), ..none() }, "2 articles with all annotations", Help::OpenFile),
            (Findings { gone: Some(0), ..none() }, "what was kept here", Help::OpenFile),
            (Findings { missing: 3, damaged: 1, ..none() }, "3 changes are missing", Help::SaveAside),
        ] {
            let (text, offered) = said(findings).expect("a notice");
            assert!(text.contains(words), "{text}");
            assert_eq!(offered, help, "{text}");
        }
    }
}
