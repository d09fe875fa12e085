// An image of three modules trains; it needs no "opens", and no module that the runtime does not require: java.net.http
// is for checkpoints on servers alone.
def run(List<String> command) {
    def builder = new ProcessBuilder(command).redirectErrorStream(true)
    builder.environment().keySet().removeAll(['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'])
    def process = builder.start()
    def printed = process.inputStream.text.normalize()
    assert process.waitFor() == 0 : printed
    printed
}

def image = new File(basedir, 'target/image')
def jars = [new File(basedir, 'target/jlink-1.0.jar'),
            new File(localRepositoryPath, "dev/statedict/statedict-runtime/$version/statedict-runtime-${version}.jar")]
run([new File(System.getProperty('java.home'), 'bin/jlink').path, '--module-path', jars.join(File.pathSeparator),
     '--add-modules', 'com.example', '--output', image.path])

def java = new File(image, 'bin/java').path
assert run([java, '-m', 'com.example/com.example.Main']) == new File(basedir, 'expected-output.txt').text.normalize()
assert run([java, '--list-modules']).readLines().collect { it.replaceAll(/@.*/, '') }.sort()
        == ['com.example', 'dev.statedict', 'java.base']
