//! The query of a request to a site.

/// Writes a query as the vendor's examples do: colons, commas and brackets stand as they are, the rest is escaped.
/// The way of web forms is not taken, since it writes a space as a plus.
pub(super) fn written(pairs: &[(&'static str, String)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        value.bytes().for_each(|byte| escape(byte, &mut query));
    }
    query
}

fn escape(byte: u8, out: &mut String) {
    if byte.is_ascii_alphanumeric() || b"-._~:,[]".contains(&byte) {
        out.push(char::from(byte));
    } else {
        out.push_str(&format!("%{byte:02X}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_value_can_leave_it() {
        let pairs = [("filter", "name:eq:a+b c&d=é#%?/".to_owned()), ("pageSize", "100".to_owned())];
        assert_eq!(written(&pairs), "filter=name:eq:a%2Bb%20c%26d%3D%C3%A9%23%25%3F%2F&pageSize=100");
    }
}
