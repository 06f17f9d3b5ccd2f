//! What an operator asks at a terminal: the doctor, and what a code means.

use std::time::Duration;

use super::{pretend, text};
use crate::house::children::{Serving, free_address, steward};

#[tokio::test]
async fn the_doctor_finds_what_is_well_and_what_is_not() {
    let tableau = pretend().await;
    let serving = Serving::against(&tableau.details().tcm_url).await;
    let origin = ["doctor", "--public-origin", "https://steward.example.com", "--tableau-url"];
    let url = tableau.details().tcm_url.clone();
    let well = serving.run(&[&origin[..], &[&url]].concat()).await;
    let said = text(&well.stdout);
    assert!(well.status.success() && !said.contains("WRONG"), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("ok ")).count(), 5, "{said}");
    assert!(said.contains("ok     clocks: The clocks agree."), "{said}");
    let nobody = format!("http://{}", free_address().await);
    let ill = serving.run(&[&origin[..], &[&nobody]].concat()).await;
    assert!(!ill.status.success());
    assert!(text(&ill.stdout).contains("WRONG  Tableau"), "{ill:?}");
    assert_eq!(tableau.world().manager_sessions(), 0, "the doctor signs in nowhere");
}

#[cfg(unix)]
#[tokio::test]
async fn with_a_token_the_doctor_tries_every_read_and_keeps_the_token_to_itself() {
    use std::os::unix::fs::PermissionsExt;
    let tableau = pretend().await;
    let url = tableau.details().tcm_url.clone();
    let serving = Serving::against(&url).await;
    let file = serving.file("token");
    std::fs::write(&file, &tableau.details().tcm_pat).unwrap();
    let file = file.to_str().unwrap().to_owned();
    let words = [
        "doctor",
        "--public-origin",
        "https://steward.example.com",
        "--tableau-url",
        &url,
        "--token-file",
        &file,
    ];
    // A token that everybody on the machine may read is no secret.
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = serving.run(&words).await;
    assert!(!open.status.success() && text(&open.stdout).contains("may be read by others"), "{open:?}");
    assert_eq!(tableau.world().manager_sessions(), 0);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let well = serving.run(&words).await;
    let said = text(&well.stdout);
    assert!(well.status.success() && !said.contains("WRONG"), "{said}");
    for line in [
        "ok     pat.login",
        "ok     user.list",
        "ok     session.delete",
        "note   job.get",
        "note   site.create: POST /api/v1/",
        "is inferred; locked on a real tenant until somebody has checked it",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(said.contains("server.info of 127.0.0.1") || said.contains(" of 127.0.0.1"), "{said}");
    assert_eq!((tableau.world().manager_sessions(), tableau.world().changes().len()), (0, 0));

    tableau.world().inject(simulator::Fault::status(404).on("GET", "/api/v1/regions"));
    tableau.world().advance(Duration::from_secs(3_600));
    let ill = serving.run(&words).await;
    let said = text(&ill.stdout);
    assert!(!ill.status.success(), "{said}");
    assert!(said.contains("WRONG  regions.list: Tableau does not know this address."), "{said}");
    assert!(said.contains("WRONG  clocks: Tableau's clock is 1 h 0 min ahead"), "{said}");
    assert!(said.contains("ok     site.list"), "one bad address is one line: {said}");
    for output in [&open, &well, &ill] {
        let all = text(&output.stdout) + &text(&output.stderr);
        assert!(!all.contains(&tableau.details().tcm_pat), "the token is told: {all}");
    }
    std::fs::write(&file, "wrong").unwrap();
    let refused = serving.run(&words).await;
    assert!(text(&refused.stdout).contains("WRONG  pat.login"), "{refused:?}");
    assert!(!refused.status.success());
}

#[tokio::test]
async fn codes_are_explained_at_a_terminal_without_any_settings() {
    let run_plain = async |words: &[&str]| {
        let output = steward(words).output().await.unwrap();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    };
    let (good, all, _) = run_plain(&["codes"]).await;
    assert!(good && model::dictionary::entries().iter().all(|entry| all.contains(&entry.code)));
    let (good, one, _) = run_plain(&["codes", "vendor-timeout"]).await;
    assert!(good && one.starts_with("vendor-timeout") && one.contains("Next: "), "{one}");
    let (good, html, _) = run_plain(&["codes", "--html"]).await;
    assert!(good && html.starts_with("<!DOCTYPE html>"));
    let (good, nothing, said) = run_plain(&["codes", "E_999"]).await;
    assert!(!good && nothing.is_empty() && said.contains("E_999"), "{said}");
}
