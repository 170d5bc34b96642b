//! Collecting issues: as many of each severity as anybody would read, and how many more there are.

use crate::formats::{Issue, Place, Severity};
use crate::limits;
use std::fmt;

/// The gravest first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// Issues in the order of finding.
#[derive(Default)]
pub(crate) struct Issues {
    told: Vec<Issue>,
    /// How many there are of each severity, those that are not told among them.
    found: [usize; SEVERITIES.len()],
}

impl Issues {
    /// Adds one. The place and the words are made only where it is told.
    pub(crate) fn add(
        &mut self,
        severity: Severity,
        place: impl FnOnce() -> Option<Place>,
        message: fmt::Arguments<'_>,
    ) {
        for (found, _) in self.found.iter_mut().zip(SEVERITIES).filter(|(_, of)| *of == severity) {
            *found += 1;
            if *found <= limits::ISSUES {
                self.told.push(Issue { severity, message: message.to_string(), place: place() });
                return;
            }
        }
    }

    /// Names the file that they are of in words, instead of the place in the main one.
    pub(crate) fn name(&mut self, file: &str) {
        for issue in &mut self.told {
            if let Some(place) = issue.place.take() {
                issue.message = format!("“{file}”, {place}: {}", issue.message);
            }
        }
    }

    /// Adds those of another collection.
    pub(crate) fn append(&mut self, other: Self) {
        let mut untold = other.found;
        for issue in other.told {
            for (untold, _) in untold.iter_mut().zip(SEVERITIES).filter(|(_, of)| *of == issue.severity) {
                *untold -= 1;
            }
            self.add(issue.severity, || issue.place, format_args!("{}", issue.message));
        }
        for (found, untold) in self.found.iter_mut().zip(untold) {
            *found += untold;
        }
    }

    /// All of them; where there were too many to tell, how many more there are.
    pub(crate) fn into_vec(mut self) -> Vec<Issue> {
        for (found, severity) in self.found.into_iter().zip(SEVERITIES) {
            let more = found.saturating_sub(limits::ISSUES);
            if more > 0 {
                self.told.push(Issue::new(severity, format!("{more} more like these were found")));
            }
        }
        self.told
    }
}
