package dev.sluice.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void shouldWriteProblemDetails() {
    SignallingResponse response = Problem.NOT_FOUND.because("no such stream");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.headers()).containsEntry("Content-Type", "application/problem+json");
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                + "\"detail\":\"no such stream\"}");
  }

  @Test
  void shouldEscapeTheDetail() {
    assertThat(Problem.BAD_REQUEST.because("\"a\\b\"\r\n\u0000\u2028\ud83d\ude00<x>").body())
        .endsWith(",\"detail\":\"\\\"a\\\\b\\\"\\u000d\\u000a\\u0000\\u2028\\ud83d\\ude00<x>\"}");
  }
}
