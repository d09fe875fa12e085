// Built, it runs and prints what it should.
beside = [localRepositoryPath, repository].collect { new File(it.toString(), kotlinStdlib) }.findAll { it.exists() }
evaluate(new File(sources, 'run.groovy'))
