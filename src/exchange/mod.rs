//! What the page asks of the program that knows all formats, and what it hears.
//!
//! The page's own program only writes the project file. Whatever else has to do with files is asked of a second
//! program, which runs aside: [`ask`] has the requests and answers and their way as bytes, [`desk`] what becomes of
//! them, `zip` several files as one. Where there is no second program the first one holds all of it and
//! asks itself. Nothing here changes a workspace, and nothing here touches a browser.

pub mod ask;
pub mod desk;
mod zip;

pub use ask::{Answer, Ask, Order};
pub use desk::{Arrival, Desk};

use crate::formats::Plan;

/// A format that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is chosen by.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Who reads and writes it, as words without a full stop.
    pub about: String,
    /// What can be chosen.
    pub settings: Vec<Setting>,
    /// What comes back from its files, unless something else is chosen.
    pub kept: Vec<String>,
    /// What does not.
    pub lost: Vec<String>,
}

/// Something to choose of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What it is set by.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its values, each with what it means; the first holds unless another is chosen.
    pub values: Vec<(String, String)>,
}

/// What would be written, before it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// What of the work is not in the files, a line for each kind.
    pub losses: Vec<Loss>,
    /// The names of the files with their sizes in bytes.
    pub files: Vec<(String, u64)>,
    /// How the first file begins.
    pub head: String,
    /// All of it, where there is one file and it is not too long for a clipboard.
    pub text: Option<String>,
}

/// A line of what is not in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// How many of what, and what becomes of them, as words without a full stop.
    pub said: String,
    /// Whether it is written after all, in another way.
    pub is_written: bool,
    /// The setting that can change this; empty where none can.
    pub setting: String,
}

/// What files hold that came in together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intake {
    /// What was read.
    pub found: Vec<Found>,
    /// What importing all of it would change; `None` where nothing was read.
    pub plan: Option<Plan>,
    /// The files that can't be read, each with why.
    pub refused: Vec<(String, String)>,
    /// The places of those that are articles and nothing else, in the order in which they came.
    pub plain: Vec<u32>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// The name of its format.
    pub format: String,
    /// Whether it is a project file.
    pub is_project: bool,
}
