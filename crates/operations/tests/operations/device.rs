//! A device that keeps one passkey, written from the specification (WebAuthn level 2, sections 6.1 and 6.5.4): it answers
//! the questions of the server as a browser hands them on.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The person was there; the device knows that it was them; a new key comes with it.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const NEW_KEY: u8 = 0x40;

/// What can be set wrong, as an attacker or a broken device would.
#[derive(Clone)]
pub struct Device {
    /// Its key.
    pub key: SigningKey,
    /// What the device calls its key.
    pub id: Vec<u8>,
    /// How often it was used; 0 for a device that does not count.
    pub counter: u32,
    /// The page that the browser shows.
    pub origin: String,
    /// Whether the device makes sure that it is its owner.
    pub verifies: bool,
}

impl Device {
    pub fn new(origin: &str) -> Self {
        let random: Vec<u8> = [Uuid::new_v4(), Uuid::new_v4()].iter().flat_map(|id| *id.as_bytes()).collect();
        let key = SigningKey::from_slice(&random).unwrap();
        Self { key, id: random[..16].to_vec(), counter: 0, origin: origin.to_owned(), verifies: true }
    }

    /// Makes its passkey for a question.
    pub fn make(&self, question: &str) -> String {
        let question = public_key(question);
        let client = self.client_data("webauthn.create", &question);
        let point = self.key.verifying_key().to_sec1_bytes();
        assert_eq!((point.len(), point[0]), (65, 4), "an uncompressed point");
        // The key as a map in CBOR: an elliptic curve, ES256, P-256, x, y.
        let mut cose = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        cose.extend(&point[1..33]);
        cose.extend([0x22, 0x58, 0x20]);
        cose.extend(&point[33..]);
        let mut data = self.data(question["rp"]["id"].as_str().unwrap(), NEW_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(cose);
        // A map of `fmt`, `attStmt` and `authData`: the device says nothing about its maker.
        let mut object = vec![0xa3];
        object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let response =
            json!({ "clientDataJSON": BASE64.encode(client), "attestationObject": BASE64.encode(object) });
        self.answer(&response)
    }

    /// Proves its owner for a question.
    pub fn prove(&mut self, question: &str) -> String {
        if self.counter > 0 {
            self.counter += 1;
        }
        self.prove_again(question)
    }

    /// The same without counting on, as a copy of it would.
    pub fn prove_again(&self, question: &str) -> String {
        let question = public_key(question);
        let client = self.client_data("webauthn.get", &question);
        let data = self.data(question["rpId"].as_str().unwrap(), 0);
        let signed = [data.clone(), Sha256::digest(&client).to_vec()].concat();
        let signature: Signature = self.key.sign(&signed);
        let response = json!({
            "clientDataJSON": BASE64.encode(client),
            "authenticatorData": BASE64.encode(data),
            "signature": BASE64.encode(signature.to_der().as_bytes()),
            "userHandle": null,
        });
        self.answer(&response)
    }

    fn answer(&self, response: &Value) -> String {
        let id = BASE64.encode(&self.id);
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        })
        .to_string()
    }

    fn client_data(&self, kind: &str, question: &Value) -> Vec<u8> {
        let challenge = &question["challenge"];
        let data =
            json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false });
        data.to_string().into_bytes()
    }

    fn data(&self, party: &str, more: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest(party).to_vec();
        data.push(PRESENT | verified | more);
        data.extend(self.counter.to_be_bytes());
        data
    }
}

/// What stands in a question for the device.
pub fn public_key(question: &str) -> Value {
    let question: Value = serde_json::from_str(question).unwrap();
    question["publicKey"].clone()
}
