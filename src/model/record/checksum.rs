//! CRC-32 (ISO-HDLC: the one of gzip and PNG), a byte at a time.
//!
//! The table for it is a kilobyte that no compression makes smaller. It is made of sixteen numbers whenever
//! it is needed, which takes no longer than a record of some hundred bytes.

/// What becomes of the lowest four bits.
const TABLE: [u32; 16] = table();

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut nibble = 0;
    while nibble < 16 {
        let mut crc = nibble as u32;
        let mut bit = 0;
        while bit < 4 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[nibble] = crc;
        nibble += 1;
    }
    table
}

/// The checksum of bytes.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| crc >> 4 ^ TABLE[(crc & 15) as usize];
    let table: [u32; 256] = std::array::from_fn(|byte| step(step(byte as u32)));
    !bytes.iter().fold(u32::MAX, |crc, byte| crc >> 8 ^ table[usize::from(crc as u8 ^ byte)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_catalogue_comes_out() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
