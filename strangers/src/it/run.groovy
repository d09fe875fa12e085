// Runs com.example.Main of a project that was built, on the class path, and compares what it prints with expected-output.txt.
def classPath = [new File(basedir, 'target/classes'), *(binding.variables['beside'] ?: []),
                 new File(localRepositoryPath, "dev/statedict/statedict-runtime/$version/statedict-runtime-${version}.jar")]
def builder = new ProcessBuilder([new File(System.getProperty('java.home'), 'bin/java').path,
                                  '-cp', classPath.join(File.pathSeparator), 'com.example.Main'])
        .redirectErrorStream(true)
// of which java says that it picked them up
builder.environment().keySet().removeAll(['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'])
def process = builder.start()
def printed = process.inputStream.text.normalize()
assert process.waitFor() == 0 : printed
assert printed == new File(basedir, 'expected-output.txt').text.normalize()
