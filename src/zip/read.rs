//! Reading an archive.
//!
//! What the list of files at the end says is believed, as other programs do; each content is held against its size and checksum.

use super::{END, END_LEN, FILE, FILE_LEN, LINE, LINE_LEN, is_zip};
use crate::limits;
use crate::model::record::crc32;
use std::borrow::Cow;
use std::fmt;

/// A file in an archive.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Its name, with folders.
    pub name: String,
    /// Whether it is deflated (RFC 1951); else it stands there as it is.
    pub is_deflated: bool,
    /// Its bytes as they stand in the archive, or why they can't be had.
    pub packed: Result<&'a [u8], Problem>,
    /// How many bytes it has.
    pub size: u32,
    checksum: u32,
}

/// What is wrong with an archive or with a file in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// These bytes are no archive.
    NoArchive,
    /// The archive ends before its list of files, or has several parts.
    CutOff,
    /// The list of files is damaged.
    List,
    /// The file needs a password.
    Locked,
    /// The file is packed in a way that is not read here.
    Packing(u16),
    /// The file is larger than fits.
    TooLarge,
    /// The file is not what it was when it was packed.
    Damaged,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoArchive => f.write_str("this is no zip archive"),
            Self::CutOff => f.write_str("the archive is cut off, or one of several parts"),
            Self::List => f.write_str("the archive's list of files is damaged"),
            Self::Locked => f.write_str("it needs a password; unpack it first"),
            Self::Packing(method) => {
                write!(f, "it is packed by method {method}, which is not read here; unpack it first")
            }
            Self::TooLarge => write!(f, "it has more than {} MB, the most that fit", limits::FILE_BYTES >> 20),
            Self::Damaged => f.write_str("it is damaged"),
        }
    }
}

impl std::error::Error for Problem {}

/// The files in an archive, in the order of its list, without folders and without what macOS adds of its own.
pub fn read(archive: &[u8]) -> Result<Vec<Entry<'_>>, Problem> {
    if !is_zip(archive) {
        return Err(Problem::NoArchive);
    }
    let end = end(archive).ok_or(Problem::CutOff)?;
    let (count, start) = (half(archive, end + 10), word(archive, end + 16));
    let mut at = start.ok_or(Problem::CutOff)? as usize;
    let mut entries = Vec::new();
    for _ in 0..count.ok_or(Problem::CutOff)? {
        let (entry, next) = line(archive, at).ok_or(Problem::List)?;
        at = next;
        if !entry.name.ends_with('/') && !entry.name.starts_with("__MACOSX/") && !entry.name.ends_with(".DS_Store") {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Where the end of the list stands: after it come at most 65,535 bytes of a comment.
fn end(archive: &[u8]) -> Option<usize> {
    let last = archive.len().checked_sub(END_LEN)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|at| archive[*at..].starts_with(&END))
}

/// A line of the list, and where the next one stands.
fn line(archive: &[u8], at: usize) -> Option<(Entry<'_>, usize)> {
    archive.get(at..)?.strip_prefix(&LINE)?;
    let number = |offset: usize| half(archive, at + offset);
    let (flags, method) = (number(8)?, number(10)?);
    let (checksum, packed_size, size) = (word(archive, at + 16)?, word(archive, at + 20)?, word(archive, at + 24)?);
    let (name_len, more_len) = (number(28)?, usize::from(number(30)?) + usize::from(number(32)?));
    let name_end = at + LINE_LEN + usize::from(name_len);
    let name = archive.get(at + LINE_LEN..name_end)?;
    let file = word(archive, at + 42)? as usize;
    let packed = match method {
        _ if flags & 1 == 1 => Err(Problem::Locked),
        _ if size > limits::FILE_BYTES => Err(Problem::TooLarge),
        0 | 8 => content(archive, file, packed_size as usize).ok_or(Problem::Damaged),
        other => Err(Problem::Packing(other)),
    };
    let entry = Entry { name: decoded(name), is_deflated: method == 8, packed, size, checksum };
    Some((entry, name_end + more_len))
}

/// The bytes of a file, which follow a second line about it.
fn content(archive: &[u8], at: usize, size: usize) -> Option<&[u8]> {
    archive.get(at..)?.strip_prefix(&FILE)?;
    let start = at + FILE_LEN + usize::from(half(archive, at + 26)?) + usize::from(half(archive, at + 28)?);
    archive.get(start..start.checked_add(size)?)
}

/// A name in UTF-8, which most programs write whether they say so or not.
fn decoded(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/")
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl<'a> Entry<'a> {
    /// The content, where whatever stands in the archive was unpacked into `unpacked`.
    pub fn checked(&self, unpacked: Cow<'a, [u8]>) -> Result<Cow<'a, [u8]>, Problem> {
        let fits = unpacked.len() == self.size as usize && crc32(&unpacked) == self.checksum;
        if fits { Ok(unpacked) } else { Err(Problem::Damaged) }
    }

    /// The content.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn content(&self) -> Result<Cow<'a, [u8]>, Problem> {
        let packed = self.packed?;
        if !self.is_deflated {
            return self.checked(packed.into());
        }
        let inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(packed, self.size as usize);
        self.checked(inflated.map_err(|_| Problem::Damaged)?.into())
    }
}
