//! Zip packages, as which offices save workbooks: the same bytes on every system.

/// The number by which a zip says that Unix made it.
const UNIX: u8 = 3;

/// What each entry of the directory at the end of a zip begins with, and the end itself.
const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// A zip that says of every part that it was made on Unix, whatever system it was made on.
pub fn as_of_unix(mut zip: Vec<u8>) -> Vec<u8> {
    let Some(end) = zip.windows(END.len()).rposition(|bytes| bytes == END) else { return zip };
    let Some(mut at) = zip.get(end + 16..end + 20).and_then(|bytes| bytes.try_into().ok().map(u32::from_le_bytes))
    else {
        return zip;
    };
    while zip.get(at as usize..).is_some_and(|rest| rest.starts_with(ENTRY) && rest.len() >= 46) {
        let begin = at as usize;
        let length = |place: usize| u32::from(u16::from_le_bytes([zip[begin + place], zip[begin + place + 1]]));
        let next = at + 46 + length(28) + length(30) + length(32);
        zip[begin + 5] = UNIX;
        at = next;
    }
    zip
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry of a directory: 46 bytes, the sixth of which says who made it, and a name of so many.
    fn entry(host: u8, name: &str) -> Vec<u8> {
        let mut entry = vec![0; 46];
        entry[..4].copy_from_slice(ENTRY);
        entry[5] = host;
        entry[28] = u8::try_from(name.len()).unwrap();
        entry.extend(name.bytes());
        entry
    }

    fn zip(host: u8) -> Vec<u8> {
        let parts = b"parts PK\x01\x02 of any bytes".to_vec();
        let mut end = END.to_vec();
        end.extend([0; 12]);
        end.extend(u32::try_from(parts.len()).unwrap().to_le_bytes());
        end.extend([0; 2]);
        [parts, entry(host, "xl/workbook.xml"), entry(host, "a"), end].concat()
    }

    #[test]
    fn every_part_was_made_on_unix_and_nothing_else_changes() {
        assert_eq!(as_of_unix(zip(0)), zip(3));
        assert_eq!(as_of_unix(zip(3)), zip(3));
        for other in [&b""[..], b"PK\x05\x06", b"no zip at all"] {
            assert_eq!(as_of_unix(other.to_vec()), other);
        }
    }
}
