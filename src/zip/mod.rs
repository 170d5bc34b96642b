//! Several files as one: zip archives (APPNOTE 6.3, as far as files of today need it).
//!
//! Written are files as they are, not packed: whoever serves or sends them packs them anyway. Read are also deflated ones,
//! natively; a browser inflates by itself. Not read are archives of several parts, locked ones, and those of more than 4 GiB.
//! Names are only names: nothing here opens or makes a file.

mod read;
mod write;

pub use read::{Entry, Problem, read};
pub use write::write;

/// What stands at the start of each file, of each line of the list of files, and of its end.
const FILE: [u8; 4] = *b"PK\x03\x04";
const LINE: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
/// How long these are without names and comments, in bytes.
const FILE_LEN: usize = 30;
const LINE_LEN: usize = 46;
const END_LEN: usize = 22;
/// The flag of names in UTF-8.
const UTF8: u16 = 1 << 11;

/// Whether bytes are an archive.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&FILE) || bytes.starts_with(&END)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use proptest::prelude::*;

    fn moment() -> Timestamp {
        Timestamp::parse("2031-03-14T09:26:53.589Z").expect("a moment")
    }

    fn written(files: &[(&str, &[u8])]) -> Vec<u8> {
        write(files, &moment()).expect("an archive")
    }

    type Content = Result<Vec<u8>, Problem>;

    /// Names and contents, or why there are none.
    fn contents(archive: &[u8]) -> Result<Vec<(String, Content)>, Problem> {
        let entries = read(archive)?;
        Ok(entries
            .into_iter()
            .map(|entry| (entry.name.clone(), entry.content().map(|bytes| bytes.into_owned())))
            .collect())
    }

    #[test]
    fn an_archive_of_another_program_is_read() {
        // By Info-ZIP: a.txt deflated, é.txt stored, folders, and something as macOS adds it.
        let archive = include_bytes!("../../tests/formats/fixtures/packed.zip");
        let found = contents(archive).expect("an archive");
        let found: Vec<_> = found.into_iter().map(|(name, content)| (name, content.map(|bytes| bytes.len()))).collect();
        assert_eq!(found, [("notes/é.txt".to_owned(), Ok(5)), ("notes/a.txt".to_owned(), Ok(1_500))]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let archive = written(&[("a.txt", b"We open."), ("b.txt", b"")]);
        let mut flipped = archive.clone();
        flipped[FILE_LEN + "a.txt".len()] ^= 1;
        assert_eq!(contents(&flipped).map(|found| found[0].1.clone()), Ok(Err(Problem::Damaged)));
        let locked = {
            let mut archive = archive.clone();
            let line = archive.windows(4).position(|four| four == LINE).expect("a line");
            archive[line + 8] |= 1;
            archive
        };
        assert_eq!(contents(&locked).map(|found| found[0].1.clone()), Ok(Err(Problem::Locked)));
        for (bytes, problem) in
            [(&b"PK\x03\x04"[..], Problem::CutOff), (b"", Problem::NoArchive), (b"We open.", Problem::NoArchive)]
        {
            assert_eq!(contents(bytes), Err(problem));
        }
        assert!(write(&vec![("a", &b""[..]); 70_000], &moment()).is_none());
    }

    #[test]
    fn a_name_is_taken_as_it_was_meant() {
        let archive = written(&[("a/é 👍.txt", b"")]);
        assert_eq!(read(&archive).expect("an archive")[0].name, "a/é 👍.txt");
        assert!(is_zip(&archive) && is_zip(&written(&[])) && !is_zip(b"PK"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(files in prop::collection::vec(("[a-zé/ .]{0,11}x", prop::collection::vec(any::<u8>(), 0..200)), 0..6)) {
            let given: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            let found = contents(&written(&given)).expect("an archive");
            let expected: Vec<_> = files.into_iter().map(|(name, bytes)| (name, Ok(bytes))).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn damage_never_panics(
            files in prop::collection::vec(("[a-z]{1,3}", prop::collection::vec(any::<u8>(), 0..20)), 0..3),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            cut in any::<prop::sample::Index>(),
        ) {
            let given: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            let mut archive = written(&given);
            for (at, byte) in changes {
                let at = at.index(archive.len());
                archive[at] = byte;
            }
            let _ = contents(&archive);
            let _ = contents(&archive[..cut.index(archive.len())]);
            let _ = contents(&archive[cut.index(archive.len())..]);
        }
    }
}
