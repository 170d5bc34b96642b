//! Several files as one zip archive, stored as they are (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4).
//!
//! Nothing is compressed: whoever packs a few texts wants them together, not small. Only written.

use crate::formats::file::OutFile;

/// The fixed part of an entry, before the file and in the list at the end alike: UTF-8 names, stored.
const VERSION: u16 = 20;
const UTF8: u16 = 1 << 11;
/// 1980-01-01, the first day that the form knows: the files say themselves when they were made.
const DATE: u16 = 1 << 5 | 1;

/// The archive of some files, together less than 4 GB.
pub(super) fn pack(files: &[OutFile]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut list = Vec::new();
    for file in files {
        let at = out.len() as u32;
        let head = head(file);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(file.name.as_bytes());
        out.extend(file.text.as_bytes());
        list.extend(b"PK\x01\x02");
        list.extend(VERSION.to_le_bytes());
        list.extend(head);
        // No comment, the first disk, nothing special about it.
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(file.name.as_bytes());
    }
    let (count, at) = ((files.len() as u16).to_le_bytes(), out.len() as u32);
    let size = (list.len() as u32).to_le_bytes();
    out.extend(list);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend(count);
    out.extend(count);
    out.extend(size);
    out.extend(at.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// What stands of a file in both places alike.
fn head(file: &OutFile) -> Vec<u8> {
    let mut out = Vec::new();
    for number in [VERSION, UTF8, 0, 0, DATE] {
        out.extend(number.to_le_bytes());
    }
    let size = file.text.len() as u32;
    for number in [crate::model::record::crc32(file.text.as_bytes()), size, size] {
        out.extend(number.to_le_bytes());
    }
    out.extend((file.name.len() as u16).to_le_bytes());
    out.extend([0; 2]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_are_those_of_an_archive() {
        let files =
            [OutFile { name: "a.txt".into(), text: "é".into() }, OutFile { name: "ü.ann".into(), text: String::new() }];
        let bytes = pack(&files);
        // As `python3 -m zipfile` and `unzip` read it; the checksum of "é" is that of `crc32`.
        assert_eq!(&bytes[..14], b"PK\x03\x04\x14\0\0\x08\0\0\0\0\x21\0");
        assert_eq!(&bytes[14..18], &0x0e04_8d3e_u32.to_le_bytes());
        assert_eq!(&bytes[30..37], "a.txté".as_bytes());
        let end = &bytes[bytes.len() - 22..];
        let list = u32::from_le_bytes([end[16], end[17], end[18], end[19]]) as usize;
        assert_eq!(&bytes[list..list + 4], b"PK\x01\x02");
        assert_eq!(end[10], 2);
    }
}
