//! What reads bytes from outside, each with what must hold of whatever comes. A law that is broken panics.

mod foreign;
mod project;
mod record;
mod text;

/// One way in.
pub struct Reader {
    /// Its name, as the counts and `cargo xtask fuzz` call it.
    pub name: &'static str,
    /// What comes in by it.
    pub about: &'static str,
    /// Valid input.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Reads and checks; whether there was something to take.
    pub read: fn(&[u8]) -> bool,
    /// How many bytes of memory it may hold for each byte that comes.
    pub memory: usize,
}

/// All of them.
pub const READERS: &[Reader] = &[
    Reader { name: "json", about: "JSON, whole or damaged", seeds: project::files, read: project::json, memory: 120 },
    Reader {
        name: "project",
        about: "a project file: read, planned, imported, written, read again",
        seeds: project::files,
        read: project::project,
        memory: 1_500,
    },
    Reader {
        name: "import",
        about: "a project file on a workspace that holds something, through the machine",
        seeds: project::files,
        read: project::import,
        memory: 1_500,
    },
    Reader {
        name: "foreign",
        about: "a file of another format: read, planned, imported, written as a project file",
        seeds: foreign::files,
        read: foreign::read,
        memory: 1_500,
    },
    Reader {
        name: "answer",
        about: "what an import would change, on its way between threads",
        seeds: record::answers,
        read: record::answer,
        memory: 400,
    },
    Reader { name: "entry", about: "an entry of the log", seeds: record::entries, read: record::entry, memory: 400 },
    Reader { name: "snapshot", about: "a snapshot", seeds: record::snapshots, read: record::snapshot, memory: 400 },
    Reader {
        name: "places",
        about: "what is kept beside the log",
        seeds: text::places_seeds,
        read: text::places,
        memory: 60,
    },
    Reader {
        name: "encoding",
        about: "the bytes of a text file",
        seeds: text::encoded,
        read: text::encoding,
        memory: 10,
    },
    Reader { name: "article", about: "the text of an article", seeds: text::texts, read: text::article, memory: 1_500 },
    Reader {
        name: "name",
        about: "what an article is called, and its file",
        seeds: text::texts,
        read: text::name,
        memory: 120,
    },
];
