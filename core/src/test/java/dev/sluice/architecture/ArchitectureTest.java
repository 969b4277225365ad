package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules, and that protocol modules do no I/O. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PROTOCOL = {
    "dev.sluice.rtp..", "dev.sluice.rtcp..", "dev.sluice.ice..", "dev.sluice.srtp.."
  };
  private static final String[] CORE = {
    "dev.sluice",
    "dev.sluice.log..",
    "dev.sluice.loop..",
    "dev.sluice.codec..",
    "dev.sluice.stream..",
    "dev.sluice.fanout..",
    "dev.sluice.receive..",
    "dev.sluice.sdp..",
    "dev.sluice.webrtc..",
    "dev.sluice.engine..",
    "dev.sluice.signalling..",
    "dev.sluice.whep..",
    "dev.sluice.whip..",
    "dev.sluice.rtsp.."
  };

  @ArchTest
  static final ArchRule protocolModulesDoNotUseCore =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE);

  @ArchTest
  static final ArchRule rtpUsesNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.rtp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.rtcp..", "dev.sluice.ice..", "dev.sluice.srtp..");

  @ArchTest
  static final ArchRule rtcpUsesRtpOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.rtcp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.ice..", "dev.sluice.srtp..");

  @ArchTest
  static final ArchRule srtpUsesRtpOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.srtp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.rtcp..", "dev.sluice.ice..");

  @ArchTest
  static final ArchRule iceUsesNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.ice..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.rtp..", "dev.sluice.rtcp..", "dev.sluice.srtp..");

  @ArchTest
  static final ArchRule protocolModulesOpenNoSockets =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.net\\.(Socket|ServerSocket|DatagramSocket|MulticastSocket|DatagramPacket)"
                  + "|java\\.nio\\.channels\\..*|io\\.netty\\.channel\\..*");

  @ArchTest
  static final ArchRule protocolModulesStartNoThreads =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.Thread|java\\.util\\.concurrent\\.(Executors|ThreadPoolExecutor"
                  + "|ForkJoinPool|CompletableFuture)|java\\.util\\.Timer");

  @ArchTest
  static final ArchRule protocolModulesReadNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.Clock.class, "systemUTC");
}
